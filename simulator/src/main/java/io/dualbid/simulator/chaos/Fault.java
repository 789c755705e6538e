package io.dualbid.simulator.chaos;

import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param atMillis when, from the begin
 * @param kind what
 * @param target a number that says which process, campaign or partition is meant, modulo how many
 *     there are
 * @param lengthMillis for how long, where that means something
 */
record Fault(long atMillis, Kind kind, int target, long lengthMillis) {
  /** What can go wrong. */
  enum Kind {
    /** A bidding process dies and is started anew. */
    BIDDER_CRASH,
    /** A bidding process is taken for dead and replaced, but goes on for a while. */
    BIDDER_ZOMBIE,
    /** A bidding process stands still, and goes on as if nothing had been. */
    BIDDER_PAUSE,
    /** All bidding processes stop; another number of them starts. */
    REBALANCE,
    /** The pacing process dies and is restored from its last checkpoint. */
    PACER_CRASH,
    /** The pacing process is replaced, but the old one goes on for a while. */
    PACER_ZOMBIE,
    /** The pacing process stands still. */
    PACER_PAUSE,
    /** The pacing process dies, and its checkpoints are lost. */
    STATE_LOST,
    /** Checkpoints fail. */
    CHECKPOINTS_FAIL,
    /** Records are long under way. */
    BROKER_SLOW,
    /** The clock of a broker, or of all, steps ahead, and is set right a while later. */
    BROKER_CLOCK_STEP,
    /** One partition of the journal is read late by the pacing process. */
    PARTITION_STALLED,
    /** The exchange is started anew and tells its last outcomes again. */
    EXCHANGE_RESTART,
    /** Notices of the exchange are long under way, but within their window. */
    NOTICES_SLOW,
    /** Notices come after their window. */
    NOTICES_LATE,
    /** Records are written again. */
    RECORDS_REPEATED,
    /** Bytes that mean nothing are written. */
    RECORDS_CORRUPT,
    /** A budget is cut in flight. */
    BUDGET_CUT,
    /** A budget is raised in flight. */
    BUDGET_RAISED,
    /** A campaign is paused for a while. */
    CAMPAIGN_PAUSED,
    /** A campaign is withdrawn, and comes back. */
    CAMPAIGN_WITHDRAWN;

    /** The stable name in JSON. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return atMillis + "ms " + kind.label() + " " + target + " for " + lengthMillis + "ms";
  }
}
