package io.dualbid.core.pacing;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.PerClick;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The knobs of pacing, one set for all campaigns of an engine. Durations in milliseconds.
 *
 * @param periodMillis time between two steps of a multiplier, 1 to 60,000
 * @param adaptiveStep numerator c of the adaptive step size c / sqrt(1 + sum g^2), above 0
 * @param returnStep numerator c of the step size c / sqrt(100 + sum g^2) of the multiplier of a
 *     return on spend, above 0
 * @param ageCap numerator c of the highest step size c / (age + period), both in auctions, above 0;
 *     it keeps the loop stable however late its feedback is
 * @param leaseIntervalMillis shortest time between two leases of a campaign; leases travel with
 *     checkpoints, so less than the checkpoint interval brings nothing
 * @param leaseLifetimeMillis how long a lease may be spent; the time bidding goes on when pacing
 *     falls silent
 * @param leaseCoverageMillis how many milliseconds of bids a bidding subtask should hold in leases
 * @param clockSkewMillis the most that clocks of brokers and bidders differ
 * @param winWindowMillis how long after its deadline a bid is reserved for its outcome
 * @param deduplicationMillis how much longer than its win window a bid is remembered, and how long
 *     an outcome is, so that repeated ones have no effect; at least the win window
 * @param livenessMillis a bidding subtask without a heartbeat for so long gets no leases
 * @param clockLeadMillis by how much event time may run ahead of the clocks of bidders, at least 0;
 *     see {@link PartitionTime}
 */
public record PacingConfig(
    long periodMillis,
    double adaptiveStep,
    double returnStep,
    double ageCap,
    long leaseIntervalMillis,
    long leaseLifetimeMillis,
    long leaseCoverageMillis,
    long clockSkewMillis,
    long winWindowMillis,
    long deduplicationMillis,
    long livenessMillis,
    long clockLeadMillis)
    implements Serializable {
  /** What is used where nothing is configured. */
  public static final PacingConfig DEFAULT =
      new PacingConfig(100, 0.3, 0.3, 0.3, 200, 3_000, 1_000, 20, 10_000, 60_000, 1_000);

  /** Settings of a host whose event time is that of a journal, which brokers and bidders stamp. */
  public PacingConfig(
      long periodMillis,
      double adaptiveStep,
      double returnStep,
      double ageCap,
      long leaseIntervalMillis,
      long leaseLifetimeMillis,
      long leaseCoverageMillis,
      long clockSkewMillis,
      long winWindowMillis,
      long deduplicationMillis,
      long livenessMillis) {
    this(
        periodMillis,
        adaptiveStep,
        returnStep,
        ageCap,
        leaseIntervalMillis,
        leaseLifetimeMillis,
        leaseCoverageMillis,
        clockSkewMillis,
        winWindowMillis,
        deduplicationMillis,
        livenessMillis,
        PartitionTime.LEAD_MILLIS);
  }

  public PacingConfig {
    if (clockLeadMillis < 0) {
      throw new IllegalArgumentException("clock lead must be >= 0: " + clockLeadMillis + "ms");
    }
    if (periodMillis < 1 || periodMillis > 60_000) {
      throw new IllegalArgumentException("period must be 1ms to 60s: " + periodMillis + "ms");
    }
    if (!(adaptiveStep > 0) || !(returnStep > 0) || !(ageCap > 0)) {
      throw new IllegalArgumentException(
          "step sizes must be > 0: adaptive "
              + adaptiveStep
              + ", return "
              + returnStep
              + ", age cap "
              + ageCap);
    }
    if (leaseIntervalMillis < 1 || leaseCoverageMillis < 1) {
      throw new IllegalArgumentException(
          "lease interval and coverage must be > 0: "
              + leaseIntervalMillis
              + "ms, "
              + leaseCoverageMillis
              + "ms");
    }
    if (leaseLifetimeMillis <= leaseIntervalMillis + clockSkewMillis) {
      throw new IllegalArgumentException(
          "a lease must live longer than the lease interval and the clock skew together: "
              + leaseLifetimeMillis
              + "ms");
    }
    if (clockSkewMillis < 0 || winWindowMillis < 0 || livenessMillis < 1) {
      throw new IllegalArgumentException(
          "clock skew and win window must be >= 0, liveness > 0: "
              + clockSkewMillis
              + "ms, "
              + winWindowMillis
              + "ms, "
              + livenessMillis
              + "ms");
    }
    if (deduplicationMillis < winWindowMillis) {
      throw new IllegalArgumentException(
          "outcomes must be remembered for the win window at least: "
              + deduplicationMillis
              + "ms < "
              + winWindowMillis
              + "ms");
    }
  }

  /**
   * By how much event time must have passed a moment before something may end with it: every record
   * that is yet to be read was appended no longer than this before event time, however far the
   * clock of a broker has stepped ahead meanwhile; see {@link PartitionTime}.
   */
  public long marginMillis() {
    return clockSkewMillis + clockLeadMillis;
  }

  /** The same for a host that makes up event time itself, from one clock, as a replay does. */
  public PacingConfig ofOneClock() {
    return new PacingConfig(
        periodMillis,
        adaptiveStep,
        returnStep,
        ageCap,
        leaseIntervalMillis,
        leaseLifetimeMillis,
        leaseCoverageMillis,
        clockSkewMillis,
        winWindowMillis,
        deduplicationMillis,
        livenessMillis,
        0);
  }

  /**
   * Event time up to which leases of an earlier life, whose state was lost, may be spent and bids
   * of them be read.
   *
   * @param bornMillis when the later life began, by its host's clock
   */
  public long recoverUntilMillis(long bornMillis) {
    return bornMillis + leaseLifetimeMillis + 2 * marginMillis();
  }

  /**
   * The end of the time for which a bid stands for its id: a bid of this id that is appended by
   * then is a repetition, and a win or loss that is speaks of this one. Later the id is free.
   *
   * @param deadlineMillis end of the bid's validity
   */
  public long rememberedUntil(long deadlineMillis) {
    return deadlineMillis + winWindowMillis + clockSkewMillis + deduplicationMillis;
  }

  /**
   * For how long clicks, conversions and corrections are recognised as repeated.
   *
   * @param campaign whose they are, or null where that isn't known
   */
  public long outcomeMemoryMillis(@Nullable Campaign campaign) {
    if (campaign == null) {
      return deduplicationMillis;
    }
    PerClick perClick = campaign.perClick();
    long clicks = perClick == null ? 0 : perClick.windowMillis();
    long attribution = campaign.strategy().attribution().windowMillis();
    return Math.max(deduplicationMillis, Math.max(clicks, attribution));
  }
}
