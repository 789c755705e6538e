package io.dualbid.simulator.chaos;

import java.util.List;

/**
 * What came of one run.
 *
 * @param seed its seed
 * @param faults what went wrong in it
 * @param events how many events passed
 * @param requests requests offered
 * @param bids valid bids
 * @param wins wins charged within their window
 * @param lateWins wins that came after their window, which are beyond what is promised
 * @param spentNanos what was charged within the window
 * @param unmatched outcomes without a bid
 * @param lostOutcomes wins of the journal that no ledger has charged
 * @param doubleCharges wins that ledgers have charged beyond those of the journal
 * @param unanswered requests without an answer
 * @param breaches promises broken, in words
 * @param recoveryMillis from each death to the next bid
 * @param fingerprint the same for two runs only if they wrote the same records
 */
record ChaosResult(
    long seed,
    List<Fault> faults,
    long events,
    long requests,
    long bids,
    long wins,
    long lateWins,
    long spentNanos,
    long unmatched,
    long lostOutcomes,
    long doubleCharges,
    long unanswered,
    List<String> breaches,
    List<Long> recoveryMillis,
    long fingerprint) {
  public ChaosResult {
    faults = List.copyOf(faults);
    breaches = List.copyOf(breaches);
    recoveryMillis = List.copyOf(recoveryMillis);
  }

  /** Whether every promise was kept. */
  boolean isOk() {
    return breaches.isEmpty();
  }
}
