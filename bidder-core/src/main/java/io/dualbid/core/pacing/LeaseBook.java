package io.dualbid.core.pacing;

import io.dualbid.core.model.Lease;
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
 * The leases of one campaign that may still be bid from, with what is left of each.
 *
 * <p>A lease is open from the moment it is granted until event time has passed its expiry by the
 * allowed clock skew: by then every bid that was ever validly made from it has been read. There are
 * a few dozen at most, so walking over them is cheap.
 */
final class LeaseBook {
  private final LinkedHashMap<Long, Open> leases = new LinkedHashMap<>();

  /** What is left of a lease, and where it belongs. */
  static final class Open {
    final long incarnation;
    final int subtask;
    final long expiryMillis;
    final long day;

    /** Whether it covers what clicks are expected to be charged. */
    final boolean perClick;

    private long left;
    private long slack;

    Open(
        long incarnation,
        int subtask,
        long expiryMillis,
        long day,
        long left,
        long slack,
        boolean perClick) {
      this.perClick = perClick;
      this.incarnation = incarnation;
      this.subtask = subtask;
      this.expiryMillis = expiryMillis;
      this.day = day;
      this.left = left;
      this.slack = slack;
    }

    /** Nanos not bid yet. */
    long left() {
      return left;
    }

    /** By how much bids may still exceed what they earn, or {@link Lease#ANY_SLACK}. */
    long slack() {
      return slack;
    }

    /** Whether bids may exceed what they earn out of leased slack only. */
    boolean limitsSlack() {
      return slack != Lease.ANY_SLACK;
    }

    /** Takes a bid out. The caller has checked that it is covered. */
    void draw(long amount, long risk) {
      left -= amount;
      if (limitsSlack()) {
        slack -= risk;
      }
    }
  }

  void add(Lease lease) {
    leases.put(
        lease.id(),
        new Open(
            lease.incarnation(),
            lease.subtask(),
            lease.expiryMillis(),
            lease.day(),
            lease.amountNanos(),
            lease.slackNanos(),
            lease.perClick()));
  }

  @Nullable Open find(long leaseId) {
    return leases.get(leaseId);
  }

  boolean isEmpty() {
    return leases.isEmpty();
  }

  /** What an incarnation can still spend after {@code timeMillis}. */
  long left(long incarnation, long timeMillis) {
    long sum = 0;
    for (Open lease : leases.values()) {
      if (lease.incarnation == incarnation && lease.expiryMillis > timeMillis) {
        sum += lease.left;
      }
    }
    return sum;
  }

  /** Removes the leases that expired before {@code timeMillis} and returns them. */
  List<Open> removeExpiredBefore(long timeMillis) {
    // Asked for at every tick, and mostly none has.
    List<Open> expired = List.of();
    Iterator<Open> all = leases.values().iterator();
    while (all.hasNext()) {
      Open lease = all.next();
      if (lease.expiryMillis < timeMillis) {
        all.remove();
        if (expired.isEmpty()) {
          expired = new ArrayList<>();
        }
        expired.add(lease);
      }
    }
    return expired;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(leases.size());
    for (Map.Entry<Long, Open> entry : leases.entrySet()) {
      Open lease = entry.getValue();
      out.writeLong(entry.getKey());
      out.writeLong(lease.incarnation);
      out.writeInt(lease.subtask);
      out.writeLong(lease.expiryMillis);
      out.writeLong(lease.day);
      out.writeLong(lease.left);
      out.writeLong(lease.slack);
      out.writeBoolean(lease.perClick);
    }
  }

  static LeaseBook read(int format, DataInput in) throws IOException {
    LeaseBook book = new LeaseBook();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      book.leases.put(
          in.readLong(),
          new Open(
              in.readLong(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              format >= Settlement.PER_CLICK_FORMAT && in.readBoolean()));
    }
    return book;
  }
}
