package io.dualbid.core.pacing;

import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Bids whose id has come back under another bid while outcomes of theirs may still be read, as
 * happens when bids are read ahead of outcomes. The id then means the newest; each earlier one goes
 * by a name of its own, made of the id and its end. Not thread safe.
 */
final class EarlierBids {
  private final Map<BidId, List<Earlier>> byId = new LinkedHashMap<>();

  /**
   * A bid that was there before.
   *
   * @param name what it goes by
   * @param untilMillis how long it was remembered
   */
  record Earlier(BidId name, long untilMillis) {}

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Those of an id, oldest first. */
  List<Earlier> of(BidId id) {
    return byId.getOrDefault(id, List.of());
  }

  /** The newest bid of an id is the newest no longer. */
  BidId rename(BidId id, long untilMillis) {
    BidId name = new BidId(Hash.mix(id.high() ^ untilMillis), id.low());
    byId.computeIfAbsent(id, unseen -> new ArrayList<>(1)).add(new Earlier(name, untilMillis));
    return name;
  }

  /** Forgets those that nothing can be of any more. */
  void keepOnly(Predicate<Earlier> isKept) {
    byId.values().removeIf(all -> all.removeIf(one -> !isKept.test(one)) && all.isEmpty());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(byId.size());
    for (Map.Entry<BidId, List<Earlier>> entry : byId.entrySet()) {
      write(entry.getKey(), out);
      out.writeInt(entry.getValue().size());
      for (Earlier one : entry.getValue()) {
        write(one.name, out);
        out.writeLong(one.untilMillis);
      }
    }
  }

  private static void write(BidId id, DataOutput out) throws IOException {
    out.writeLong(id.high());
    out.writeLong(id.low());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state; before 5 an id had one bid at a time
   */
  static EarlierBids read(int format, DataInput in) throws IOException {
    EarlierBids bids = new EarlierBids();
    int ids = format >= Settlement.TIMED_IDS_FORMAT ? in.readInt() : 0;
    for (int i = 0; i < ids; i++) {
      BidId id = new BidId(in.readLong(), in.readLong());
      int count = in.readInt();
      List<Earlier> all = new ArrayList<>(count);
      for (int k = 0; k < count; k++) {
        all.add(new Earlier(new BidId(in.readLong(), in.readLong()), in.readLong()));
      }
      bids.byId.put(id, all);
    }
    return bids;
  }
}
