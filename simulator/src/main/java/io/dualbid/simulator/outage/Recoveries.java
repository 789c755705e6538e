package io.dualbid.simulator.outage;

import io.dualbid.simulator.outage.Outage.Deed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long bids stayed away after something went wrong, as the journal shows it.
 *
 * <p>An interruption is a time of more than a second without a valid bid. It is put down to an
 * outage if it begins within 15 s of it and is one before the next outage; the recovery is the time
 * from the outage to the bid that ends its last interruption. Where bids were not interrupted, it
 * is the time to the next bid.
 */
final class Recoveries {
  private static final long INTERRUPTION_MILLIS = 1_000;
  private static final long FELT_MILLIS = 15_000;

  private Recoveries() {}

  /** An outage that came to pass. */
  record Strike(Outage outage, long timeMillis) {}

  /**
   * How one was overcome.
   *
   * @param seconds from it to the first bid after, or -1 if none came
   * @param interrupted whether bids stayed away for more than a second
   */
  record Recovery(Strike strike, double seconds, boolean interrupted) {
    /** Whether a process was killed for it. */
    boolean ofKill() {
      Deed deed = strike.outage().kind().deed();
      return deed == Deed.KILL || deed == Deed.LOSE_STATE;
    }
  }

  /**
   * The recovery of each.
   *
   * @param strikes in the order of time
   * @param bidMillis append times of valid bids, rising
   */
  static List<Recovery> of(List<Strike> strikes, long[] bidMillis) {
    List<Recovery> recoveries = new ArrayList<>();
    for (int i = 0; i < strikes.size(); i++) {
      long next = i + 1 < strikes.size() ? strikes.get(i + 1).timeMillis() : Long.MAX_VALUE;
      recoveries.add(recovery(strikes.get(i), next, bidMillis));
    }
    return recoveries;
  }

  private static Recovery recovery(Strike strike, long nextStrikeMillis, long[] bidMillis) {
    int at = Arrays.binarySearch(bidMillis, strike.timeMillis());
    int next = at >= 0 ? at : -at - 1;
    long until = Math.min(strike.timeMillis() + FELT_MILLIS, nextStrikeMillis);
    long end = -1;
    boolean interrupted = false;
    long before = strike.timeMillis();
    for (int i = next; i < bidMillis.length && before <= until; i++) {
      // What the next outage made longer is put down to this one only if it was one before that.
      boolean gap = Math.min(bidMillis[i], nextStrikeMillis) - before > INTERRUPTION_MILLIS;
      if (gap || end < 0) {
        end = bidMillis[i];
        interrupted |= gap;
      }
      before = bidMillis[i];
    }
    return new Recovery(strike, end < 0 ? -1 : (end - strike.timeMillis()) / 1e3, interrupted);
  }
}
