package io.dualbid.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What the pacing side tells about one campaign: its multiplier, its ledger and how far in the
 * journal they reach.
 *
 * @param campaign the campaign
 * @param epoch event time of the step, in ms since the epoch; of several updates the greatest
 *     counts
 * @param state whether and why it may not bid
 * @param multipliers the shadow prices
 * @param landscape the price landscape, where bids are shaded by it and it is known; else null
 * @param ledger the money
 * @param position how far the journal is folded in
 * @param totals what has been counted since the start
 * @param problem the breach that halted it, or null
 */
public record PacingUpdate(
    String campaign,
    long epoch,
    State state,
    Multipliers multipliers,
    @Nullable PriceCurve landscape,
    LedgerSummary ledger,
    Position position,
    Totals totals,
    @Nullable String problem) {

  /** Whether and why a campaign may not bid. */
  public enum State {
    /** It may bid. */
    ACTIVE("active"),
    /** Its flight has not begun. */
    PENDING("pending"),
    /** It is paused by its definition. */
    PAUSED("paused"),
    /** Nothing is left of its budget. */
    EXHAUSTED("exhausted"),
    /** Its flight is over, or it has been removed. */
    ENDED("ended"),
    /** Its ledger was breached; nothing further is committed. */
    HALTED("halted");

    private final String label;

    State(String label) {
      this.label = label;
    }

    /** The stable name in JSON. */
    public String label() {
      return label;
    }
  }

  /**
   * How far the journal is folded in: the offsets of this campaign's last records in the one
   * partition of each topic that holds them, or -1.
   *
   * @param bids offset in the topic of bids
   * @param outcomes offset in the topic of outcomes
   */
  public record Position(long bids, long outcomes) {
    /** Before the first record. */
    public static final Position START = new Position(-1, -1);
  }

  /**
   * Running counts of one campaign.
   *
   * @param bids valid bids
   * @param lateBids bids that missed their deadline and don't count
   * @param duplicateBids repetitions of bids
   * @param wins wins charged, late ones included
   * @param losses losses
   * @param expired reservations that ended without an outcome
   * @param lateWins wins that came after their reservation had ended
   * @param duplicates repetitions of outcomes
   * @param unmatched outcomes without a bid
   * @param disputed wins whose price was above the bid; the bid was charged
   * @param clicks clicks
   * @param conversions conversions
   * @param value expected value of the wins, in account currency
   * @param realisedValue value of clicks and conversions, corrections included, in account currency
   * @param slackNanos what wins earned towards the return on spend, as expected, less what they
   *     cost; 0 where no return is kept
   * @param plannedNanos what the plan meant to spend up to now
   * @param feedbackAgeMillis age of the feedback that the last step rests on
   * @param realisedSlackNanos the same slack with what clicks and conversions have brought in place
   *     of what was expected; 0 where no return is kept
   * @param corrections corrections of values told before
   * @param paidClicks what became of clicks that are paid for
   */
  public record Totals(
      long bids,
      long lateBids,
      long duplicateBids,
      long wins,
      long losses,
      long expired,
      long lateWins,
      long duplicates,
      long unmatched,
      long disputed,
      long clicks,
      long conversions,
      double value,
      double realisedValue,
      long slackNanos,
      long plannedNanos,
      double feedbackAgeMillis,
      long realisedSlackNanos,
      long corrections,
      ClickCounts paidClicks) {

    /** Counts where nothing is realised yet. */
    public Totals(
        long bids,
        long lateBids,
        long duplicateBids,
        long wins,
        long losses,
        long expired,
        long lateWins,
        long duplicates,
        long unmatched,
        long disputed,
        long clicks,
        long conversions,
        double value,
        double realisedValue,
        long slackNanos,
        long plannedNanos,
        double feedbackAgeMillis) {
      this(
          bids,
          lateBids,
          duplicateBids,
          wins,
          losses,
          expired,
          lateWins,
          duplicates,
          unmatched,
          disputed,
          clicks,
          conversions,
          value,
          realisedValue,
          slackNanos,
          plannedNanos,
          feedbackAgeMillis,
          0,
          0,
          ClickCounts.NONE);
    }
  }
}
