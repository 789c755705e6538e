package io.dualbid.simulator.chaos;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of many runs.
 *
 * @param runs how many
 * @param counts sums over all
 * @param faults how often each kind of fault struck
 * @param recoveryMillis from each death of a process to the next bid, rising
 * @param failures runs that broke a promise
 */
public record ChaosSummary(
    long runs,
    Counts counts,
    SortedMap<String, Long> faults,
    List<Long> recoveryMillis,
    List<Failure> failures) {
  public ChaosSummary {
    faults = new TreeMap<>(faults);
    recoveryMillis = List.copyOf(recoveryMillis);
    failures = List.copyOf(failures);
  }

  /**
   * A run that broke a promise.
   *
   * @param seed names it
   * @param faults the few that it takes
   * @param breaches what was broken, in words
   */
  public record Failure(long seed, List<String> faults, List<String> breaches) {
    public Failure {
      faults = List.copyOf(faults);
      breaches = List.copyOf(breaches);
    }
  }

  /** The recovery time that this share of all doesn't exceed, in seconds; NaN without any. */
  public double recoverySeconds(double share) {
    if (recoveryMillis.isEmpty()) {
      return Double.NaN;
    }
    int index = (int) Math.ceil(share * recoveryMillis.size()) - 1;
    return recoveryMillis.get(Math.max(0, index)) / 1e3;
  }

  /** Sums over runs. */
  public static final class Counts {
    private long events;
    private long requests;
    private long bids;
    private long wins;
    private long lateWins;
    private long spentNanos;
    private long unmatched;
    private long lostOutcomes;
    private long doubleCharges;
    private long breaches;

    void add(ChaosResult result) {
      events += result.events();
      requests += result.requests();
      bids += result.bids();
      wins += result.wins();
      lateWins += result.lateWins();
      spentNanos = Math.addExact(spentNanos, result.spentNanos());
      unmatched += result.unmatched();
      lostOutcomes += result.lostOutcomes();
      doubleCharges += result.doubleCharges();
      breaches += result.breaches().size();
    }

    /** Events that passed. */
    public long events() {
      return events;
    }

    /** Requests offered. */
    public long requests() {
      return requests;
    }

    /** Valid bids. */
    public long bids() {
      return bids;
    }

    /** Wins charged within their window. */
    public long wins() {
      return wins;
    }

    /** Wins beyond their window. */
    public long lateWins() {
      return lateWins;
    }

    /** What wins were charged within their window, in nanos. */
    public long spentNanos() {
      return spentNanos;
    }

    /** Outcomes without a bid. */
    public long unmatched() {
      return unmatched;
    }

    /** Wins that no ledger has charged. */
    public long lostOutcomes() {
      return lostOutcomes;
    }

    /** Wins charged more than once. */
    public long doubleCharges() {
      return doubleCharges;
    }

    /** Promises broken. */
    public long breaches() {
      return breaches;
    }
  }
}
