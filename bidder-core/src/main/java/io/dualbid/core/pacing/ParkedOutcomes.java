package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.pacing.Settlement.Notice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes that were read before their bid, waiting for it until event time has passed them: then
 * every bid that could be meant has been read. Of wins and losses the first counts, and so it does
 * of clicks. Not thread safe.
 */
final class ParkedOutcomes {
  private final LinkedHashMap<BidId, Parked> notices = new LinkedHashMap<>();
  private final LinkedHashMap<BidId, Long> clicks = new LinkedHashMap<>();

  private record Parked(Notice notice, long appendMillis) {}

  boolean isEmpty() {
    return notices.isEmpty() && clicks.isEmpty();
  }

  /**
   * Parks a win or loss.
   *
   * @return whether none was waiting for that bid
   */
  boolean park(BidId bid, Notice notice, long appendMillis) {
    return notices.putIfAbsent(bid, new Parked(notice, appendMillis)) == null;
  }

  /** Parks a click. */
  void parkClick(BidId bid, long appendMillis) {
    clicks.putIfAbsent(bid, appendMillis);
  }

  /** The win or loss that waited for a bid, or null. */
  @Nullable Notice takeNotice(BidId bid) {
    Parked parked = notices.remove(bid);
    return parked == null ? null : parked.notice;
  }

  /** When the click was appended that waited for a bid, or null. */
  @Nullable Long takeClick(BidId bid) {
    return clicks.remove(bid);
  }

  /**
   * Gives up what was appended before {@code timeMillis}.
   *
   * @return number of wins and losses among it. Clicks on what pays for impressions wait in vain,
   *     and are no matter
   */
  int giveUpBefore(long timeMillis) {
    int given = 0;
    Iterator<Parked> waiting = notices.values().iterator();
    while (waiting.hasNext() && waiting.next().appendMillis < timeMillis) {
      waiting.remove();
      given++;
    }
    Iterator<Long> clicked = clicks.values().iterator();
    while (clicked.hasNext() && clicked.next() < timeMillis) {
      clicked.remove();
    }
    return given;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(notices.size());
    for (Map.Entry<BidId, Parked> waiting : notices.entrySet()) {
      write(waiting.getKey(), out);
      Notice notice = waiting.getValue().notice;
      out.writeBoolean(notice.win());
      out.writeLong(notice.priceNanos());
      out.writeLong(notice.minimumToWinNanos());
      out.writeLong(notice.timeMillis());
      out.writeLong(waiting.getValue().appendMillis);
    }
    out.writeInt(clicks.size());
    for (Map.Entry<BidId, Long> waiting : clicks.entrySet()) {
      write(waiting.getKey(), out);
      out.writeLong(waiting.getValue());
    }
  }

  private static void write(BidId bid, DataOutput out) throws IOException {
    out.writeLong(bid.high());
    out.writeLong(bid.low());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 4 no click waited, before 3 no notice told its
   *     time
   */
  static ParkedOutcomes read(int format, DataInput in) throws IOException {
    ParkedOutcomes parked = new ParkedOutcomes();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      BidId bid = new BidId(in.readLong(), in.readLong());
      Notice notice =
          new Notice(
              in.readBoolean(),
              in.readLong(),
              in.readLong(),
              format >= Settlement.LATE_VALUES_FORMAT ? in.readLong() : 0);
      parked.notices.put(bid, new Parked(notice, in.readLong()));
    }
    int clicked = format >= Settlement.PER_CLICK_FORMAT ? in.readInt() : 0;
    for (int i = 0; i < clicked; i++) {
      parked.clicks.put(new BidId(in.readLong(), in.readLong()), in.readLong());
    }
    return parked;
  }
}
