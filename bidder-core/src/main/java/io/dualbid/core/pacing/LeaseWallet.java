package io.dualbid.core.pacing;

import io.dualbid.core.model.Lease;
import java.util.Arrays;

/**
 * The leases of one campaign in the hands of one bidding subtask: what it may bid without asking.
 *
 * <p>A bid takes its highest price out of one lease, the earliest to expire that covers it, so that
 * little is left over at expiry. A lease is not used in its last moments, the allowed clock skew:
 * by the broker's clock it might have expired. Expired and empty ones are dropped on the way. There
 * are a few dozen at most. O(leases), no allocation but for growth; not thread safe.
 */
public final class LeaseWallet {
  private static final int NONE = -1;

  private long[] ids = new long[4];
  private long[] balances = new long[4];
  private long[] expiries = new long[4];
  private long[] days = new long[4];
  private long[] slacks = new long[4];
  private int count;

  /** Puts a lease in. The caller has checked that it is made out to this subtask's incarnation. */
  public void add(Lease lease) {
    if (count == ids.length) {
      int larger = 2 * count;
      ids = Arrays.copyOf(ids, larger);
      balances = Arrays.copyOf(balances, larger);
      expiries = Arrays.copyOf(expiries, larger);
      days = Arrays.copyOf(days, larger);
      slacks = Arrays.copyOf(slacks, larger);
    }
    // Kept by rising expiry.
    int at = count;
    while (at > 0 && expiries[at - 1] > lease.expiryMillis()) {
      move(at - 1, at);
      at--;
    }
    ids[at] = lease.id();
    balances[at] = lease.amountNanos();
    expiries[at] = lease.expiryMillis();
    days[at] = lease.day();
    slacks[at] = lease.slackNanos();
    count++;
  }

  /** All that can be bid at {@code nowMillis}, in nanos. */
  public long balance(long nowMillis, long skewMillis) {
    drop(nowMillis + skewMillis);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += balances[i];
    }
    return sum;
  }

  /**
   * Chooses the lease for a bid.
   *
   * @param credit what a win earns towards the return on spend; a lease with limited slack covers
   *     no more than that and its slack
   * @return the place of the earliest lease that covers {@code amount}; if none does, of the one
   *     that covers most; -1 if there is none. Valid until the next call that changes the wallet
   */
  public int choose(long amount, long credit, long nowMillis, long skewMillis) {
    drop(nowMillis + skewMillis);
    int most = NONE;
    for (int i = 0; i < count; i++) {
      long covered = coveredAt(i, amount, credit);
      if (covered >= amount) {
        return i;
      }
      if (most == NONE || covered > coveredAt(most, amount, credit)) {
        most = i;
      }
    }
    return most;
  }

  /** What of a bid the lease at {@code place} covers. */
  public long coveredAt(int place, long amount, long credit) {
    long covered = Math.min(amount, balances[place]);
    long slack = slacks[place];
    return slack == Lease.ANY_SLACK || slack >= covered - credit
        ? covered
        : Math.max(0, credit + slack);
  }

  /** The id of the lease at {@code place}. */
  public long idAt(int place) {
    return ids[place];
  }

  /** When the lease at {@code place} expires. */
  public long expiryAt(int place) {
    return expiries[place];
  }

  /** The day of the lease at {@code place}. */
  public long dayAt(int place) {
    return days[place];
  }

  /** Takes a bid out of the lease at {@code place}. */
  public void take(int place, long amount, long credit) {
    if (amount <= 0 || amount > coveredAt(place, amount, credit)) {
      throw new IllegalArgumentException(
          "bid of "
              + amount
              + " that earns "
              + credit
              + " from a lease with "
              + balances[place]
              + " and slack of "
              + slacks[place]
              + " left");
    }
    balances[place] -= amount;
    if (slacks[place] != Lease.ANY_SLACK) {
      slacks[place] -= Math.max(0, amount - credit);
    }
  }

  private void drop(long beforeMillis) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (balances[i] > 0 && expiries[i] > beforeMillis) {
        if (kept != i) {
          move(i, kept);
        }
        kept++;
      }
    }
    count = kept;
  }

  private void move(int from, int to) {
    ids[to] = ids[from];
    balances[to] = balances[from];
    expiries[to] = expiries[from];
    days[to] = days[from];
    slacks[to] = slacks[from];
  }
}
