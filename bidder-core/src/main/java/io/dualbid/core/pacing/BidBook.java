package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bids by their ids, in the order in which they came in, until something ends them. Order is that
 * of the journal, so ends of windows rise but for the spread of deadlines; one that is passed over
 * ends a little later, never too early. Not thread safe.
 */
final class BidBook {
  private final LinkedHashMap<BidId, Reservation> bids = new LinkedHashMap<>();

  /** When a bid ends. */
  interface End {
    boolean isPassed(Reservation bid);
  }

  boolean isEmpty() {
    return bids.isEmpty();
  }

  boolean contains(BidId id) {
    return bids.containsKey(id);
  }

  @Nullable Reservation find(BidId id) {
    return bids.get(id);
  }

  /** Puts a bid at the end, or, where it is in the book, a newer word on it in its place. */
  void put(BidId id, Reservation bid) {
    bids.put(id, bid);
  }

  @Nullable Reservation remove(BidId id) {
    return bids.remove(id);
  }

  /** Puts a bid, if it is in the book, at the end under another name. */
  void rename(BidId id, BidId name) {
    Reservation bid = bids.remove(id);
    if (bid != null) {
      bids.put(name, bid);
    }
  }

  /** Takes out the first bids as long as each has ended. */
  List<Map.Entry<BidId, Reservation>> removeEnded(End end) {
    // Asked for at every tick, and mostly none has.
    List<Map.Entry<BidId, Reservation>> ended = List.of();
    Iterator<Map.Entry<BidId, Reservation>> all = bids.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<BidId, Reservation> bid = all.next();
      if (!end.isPassed(bid.getValue())) {
        break;
      }
      if (ended.isEmpty()) {
        ended = new ArrayList<>();
      }
      ended.add(Map.entry(bid.getKey(), bid.getValue()));
      all.remove();
    }
    return ended;
  }

  /** Forgets every bid that has ended. */
  void forgetEnded(End end) {
    bids.values().removeIf(end::isPassed);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(bids.size());
    for (Map.Entry<BidId, Reservation> entry : bids.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      entry.getValue().write(out);
    }
  }

  void read(int format, DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      bids.put(new BidId(in.readLong(), in.readLong()), Reservation.read(format, in));
    }
  }
}
