package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.pacing.Settlement.Notice;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Wins, losses and clicks that were read before their bid, waiting for it until event time has
 * passed them: then every bid that could be meant has been read. They are handed out in the order
 * in which they came. O(1) a record; not thread safe.
 */
final class ParkedOutcomes {
  private final ArrayDeque<Parked> inOrder = new ArrayDeque<>();
  private final Map<BidId, List<Parked>> byBid = new HashMap<>();
  private int waiting;

  /** One that waits. */
  static final class Parked {
    final BidId bid;

    /** What a win or loss says; null for a click. */
    final @Nullable Notice notice;

    final long appendMillis;
    private boolean taken;

    Parked(BidId bid, @Nullable Notice notice, long appendMillis) {
      this.bid = bid;
      this.notice = notice;
      this.appendMillis = appendMillis;
    }
  }

  /** Says which of the outcomes that wait for a bid have come to an end with it. */
  @FunctionalInterface
  interface Taker {
    /** Whether this one waits no longer. */
    boolean takes(Parked parked);
  }

  boolean isEmpty() {
    return waiting == 0;
  }

  /** Parks a win or loss, or a click where there is no notice. */
  void park(BidId bid, @Nullable Notice notice, long appendMillis) {
    Parked parked = new Parked(bid, notice, appendMillis);
    inOrder.add(parked);
    byBid.computeIfAbsent(bid, unseen -> new ArrayList<>(1)).add(parked);
    waiting++;
  }

  /** Offers what waits for a bid, in order. */
  void offer(BidId bid, Taker taker) {
    List<Parked> own = byBid.get(bid);
    if (own == null) {
      return;
    }
    for (Parked parked : List.copyOf(own)) {
      if (taker.takes(parked)) {
        remove(parked, own);
      }
    }
  }

  private void remove(Parked parked, List<Parked> own) {
    parked.taken = true;
    waiting--;
    own.remove(parked);
    if (own.isEmpty()) {
      byBid.remove(parked.bid);
    }
  }

  /**
   * Gives up what was appended before {@code timeMillis}.
   *
   * @return number of wins and losses among it. Clicks on what pays for impressions wait in vain,
   *     and are no matter
   */
  int giveUpBefore(long timeMillis) {
    int given = 0;
    for (Parked first = inOrder.peek();
        first != null && (first.taken || first.appendMillis < timeMillis);
        first = inOrder.peek()) {
      inOrder.remove();
      List<Parked> own = byBid.get(first.bid);
      if (!first.taken && own != null) {
        remove(first, own);
        given += first.notice == null ? 0 : 1;
      }
    }
    return given;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(waiting);
    for (Parked parked : inOrder) {
      if (!parked.taken) {
        out.writeLong(parked.bid.high());
        out.writeLong(parked.bid.low());
        out.writeLong(parked.appendMillis);
        Notice notice = parked.notice;
        out.writeBoolean(notice != null);
        if (notice != null) {
          out.writeBoolean(notice.win());
          out.writeLong(notice.priceNanos());
          out.writeLong(notice.minimumToWinNanos());
          out.writeLong(notice.timeMillis());
        }
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 5 notices and clicks were apart, before 4 no
   *     click waited, before 3 no notice told its time
   */
  static ParkedOutcomes read(int format, DataInput in) throws IOException {
    ParkedOutcomes parked = new ParkedOutcomes();
    if (format < Settlement.TIMED_IDS_FORMAT) {
      readApart(format, in).forEach(one -> parked.park(one.bid, one.notice, one.appendMillis));
      return parked;
    }
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      BidId bid = new BidId(in.readLong(), in.readLong());
      long appendMillis = in.readLong();
      Notice notice =
          in.readBoolean()
              ? new Notice(in.readBoolean(), in.readLong(), in.readLong(), in.readLong())
              : null;
      parked.park(bid, notice, appendMillis);
    }
    return parked;
  }

  private static List<Parked> readApart(int format, DataInput in) throws IOException {
    List<Parked> all = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      BidId bid = new BidId(in.readLong(), in.readLong());
      Notice notice =
          new Notice(
              in.readBoolean(),
              in.readLong(),
              in.readLong(),
              format >= Settlement.LATE_VALUES_FORMAT ? in.readLong() : 0);
      all.add(new Parked(bid, notice, in.readLong()));
    }
    int clicked = format >= Settlement.PER_CLICK_FORMAT ? in.readInt() : 0;
    for (int i = 0; i < clicked; i++) {
      all.add(new Parked(new BidId(in.readLong(), in.readLong()), null, in.readLong()));
    }
    all.sort(Comparator.comparingLong(one -> one.appendMillis));
    return all;
  }
}
