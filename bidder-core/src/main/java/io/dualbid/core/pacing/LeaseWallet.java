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

  /** Numbers of one lease; those of all lie side by side, since reading memory is what costs. */
  private static final int STRIDE = 5;

  private static final int BALANCE = 0;
  private static final int EXPIRY = 1;
  private static final int SLACK = 2;
  private static final int ID = 3;
  private static final int DAY = 4;

  private long[] numbers = new long[2 * STRIDE];
  private int count;

  /** Puts a lease in. The caller has checked that it is made out to this subtask's incarnation. */
  public void add(Lease lease) {
    if ((count + 1) * STRIDE > numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * numbers.length);
    }
    // Kept by rising expiry.
    int at = count;
    while (at > 0 && expiryAt(at - 1) > lease.expiryMillis()) {
      move(at - 1, at);
      at--;
    }
    int from = at * STRIDE;
    numbers[from + BALANCE] = lease.amountNanos();
    numbers[from + EXPIRY] = lease.expiryMillis();
    numbers[from + SLACK] = lease.slackNanos();
    numbers[from + ID] = lease.id();
    numbers[from + DAY] = lease.day();
    count++;
  }

  /** All that can be bid at {@code nowMillis}, in nanos. */
  public long balance(long nowMillis, long skewMillis) {
    drop(nowMillis + skewMillis);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += balanceAt(i);
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
    long covered = Math.min(amount, balanceAt(place));
    long slack = slackAt(place);
    return slack == Lease.ANY_SLACK || slack >= covered - credit
        ? covered
        : Math.max(0, credit + slack);
  }

  /** The id of the lease at {@code place}. */
  public long idAt(int place) {
    return numbers[place * STRIDE + ID];
  }

  /** When the lease at {@code place} expires. */
  public long expiryAt(int place) {
    return numbers[place * STRIDE + EXPIRY];
  }

  /** The day of the lease at {@code place}. */
  public long dayAt(int place) {
    return numbers[place * STRIDE + DAY];
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
              + balanceAt(place)
              + " and slack of "
              + slackAt(place)
              + " left");
    }
    numbers[place * STRIDE + BALANCE] -= amount;
    if (slackAt(place) != Lease.ANY_SLACK) {
      numbers[place * STRIDE + SLACK] -= Math.max(0, amount - credit);
    }
  }

  private void drop(long beforeMillis) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (balanceAt(i) > 0 && expiryAt(i) > beforeMillis) {
        if (kept != i) {
          move(i, kept);
        }
        kept++;
      }
    }
    count = kept;
  }

  private long balanceAt(int place) {
    return numbers[place * STRIDE + BALANCE];
  }

  private long slackAt(int place) {
    return numbers[place * STRIDE + SLACK];
  }

  private void move(int from, int to) {
    System.arraycopy(numbers, from * STRIDE, numbers, to * STRIDE, STRIDE);
  }
}
