package io.dualbid.simulator.outage;

import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.outage.Outage.Kind;
import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param seed of the plan and of the exchange
 * @param seconds how long requests came
 * @param plan what was planned
 * @param faults how often each kind struck
 * @param recoveries how each kind was overcome
 * @param kills recovery of all kills, in seconds, rising
 * @param processStarts how often processes were started
 * @param selfDeaths how often processes ended although nobody had killed them
 * @param resubmissions how often jobs were submitted again because the cluster had lost them
 * @param undone changes of jobs that could not be made in the midst of a failure
 * @param audit what the audit of the journal says
 * @param exchange what the exchange has written down
 * @param unmatched outcomes without a bid
 * @param lostOutcomes outcomes told that a ledger, or the journal, lacks
 * @param doubleCharges outcomes counted beyond those told
 * @param breaches promises broken, in words
 */
public record OutageResult(
    long seed,
    double seconds,
    List<Outage> plan,
    Map<Kind, Integer> faults,
    Map<Kind, Overcome> recoveries,
    List<Double> kills,
    int processStarts,
    int selfDeaths,
    int resubmissions,
    int undone,
    AuditReport audit,
    Books exchange,
    long unmatched,
    long lostOutcomes,
    long doubleCharges,
    List<String> breaches) {
  public OutageResult {
    plan = List.copyOf(plan);
    kills = List.copyOf(kills);
    breaches = List.copyOf(breaches);
  }

  /**
   * How one kind of outage was overcome.
   *
   * @param seconds from each to the first bid after it, rising
   * @param interrupted how many of them kept bids away for more than a second
   */
  public record Overcome(List<Double> seconds, int interrupted) {
    public Overcome {
      seconds = List.copyOf(seconds);
    }
  }

  /**
   * The exchange's side.
   *
   * @param offered requests offered
   * @param confirmed requests that the broker confirmed
   * @param bids valid bids seen
   * @param promisedNanos highest prices of those that took part in auctions
   * @param chargedNanos what wins were charged
   * @param told outcomes told
   * @param toldAgain outcomes told once more after a death
   */
  public record Books(
      long offered,
      long confirmed,
      long bids,
      long promisedNanos,
      long chargedNanos,
      long told,
      long toldAgain) {}

  /** The value that this share of all doesn't exceed; NaN without any. */
  public static double quantile(List<Double> rising, double share) {
    if (rising.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * rising.size()) - 1;
    return rising.get(Math.max(0, index));
  }

  /** Whether every promise was kept. */
  public boolean isOk() {
    return breaches.isEmpty();
  }
}
