package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;

/**
 * The control loop of one campaign: gathers what outcomes became known since the last step,
 * compares their spend with the plan, and moves the multiplier.
 *
 * <p>Open bids are expected to cost what bids have cost so far, per unit reserved; without that,
 * the money on its way back would be planned a second time. Not thread safe.
 */
public final class PacingLoop {
  private static final long AGE_WINDOW_MILLIS = 10_000;
  private static final double AGE_UNKNOWN_MILLIS = 1_000;
  private static final double COST_MEMORY = 0.999;
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final PacingConfig config;
  private Campaign campaign;
  private SpendTarget target;
  private BudgetPacer pacer;
  private final FeedbackAge age;

  private long lastStepMillis;
  private double spent;
  private double spentSquares;
  private double paidOfResolved;
  private double reservedOfResolved;
  private long[] decided = new long[64];
  private int resolved;

  /** A loop that has seen nothing; its first period begins with the first step. */
  public PacingLoop(Campaign campaign, PacingConfig config) {
    this(
        campaign,
        config,
        BudgetPacer.of(campaign, config),
        new FeedbackAge(AGE_WINDOW_MILLIS),
        NOT_STARTED);
  }

  private PacingLoop(
      Campaign campaign,
      PacingConfig config,
      BudgetPacer pacer,
      FeedbackAge age,
      long lastStepMillis) {
    this.campaign = campaign;
    this.config = config;
    this.target = new SpendTarget(campaign);
    this.pacer = pacer;
    this.age = age;
    this.lastStepMillis = lastStepMillis;
  }

  /**
   * Takes over a changed definition. The multiplier is kept, unless it means something else now.
   */
  public void redefine(Campaign changed) {
    boolean sameMeaning = changed.objective() == campaign.objective();
    pacer = sameMeaning ? pacer.under(changed, config) : BudgetPacer.of(changed, config);
    campaign = changed;
    target = new SpendTarget(changed);
  }

  /** The budget multiplier μ. */
  public double multiplier() {
    return pacer.multiplier();
  }

  /** Age of the feedback, in milliseconds. */
  public double feedbackAgeMillis() {
    return age.millis(AGE_UNKNOWN_MILLIS);
  }

  /** What the plan would have spent by {@code nowMillis}, in account currency. */
  public double planned(long nowMillis, Ledger ledger) {
    return target.plannedBy(nowMillis, ledger);
  }

  /** A bid was made with the multiplier of the step at its epoch. */
  public void used(Bid bid) {
    if (bid.epoch() > 0) {
      age.used(bid.epoch(), bid.decidedMillis());
    }
  }

  /** The outcome of a bid is known; see {@link Settlement.Listener#resolved}. */
  public void resolved(long decidedMillis, long amountNanos, long priceNanos) {
    if (resolved == decided.length) {
      decided = Arrays.copyOf(decided, 2 * resolved);
    }
    decided[resolved++] = decidedMillis;
    charged(priceNanos);
    paidOfResolved = COST_MEMORY * paidOfResolved + priceNanos;
    reservedOfResolved = COST_MEMORY * reservedOfResolved + amountNanos;
  }

  /** Money was charged. */
  public void charged(long priceNanos) {
    double price = Money.units(priceNanos);
    spent += price;
    spentSquares += price * price;
  }

  /** What a planned moment may spend at most; for leases before any bid was seen. */
  double plannedSpend(long from, long to, Ledger ledger) {
    return target.planned(from, to, ledger, 0, openCost(ledger.summary()));
  }

  /** Number of the day of {@code timeMillis} in the campaign's zone. */
  public long day(long timeMillis) {
    return target.day(timeMillis);
  }

  /** The plan's calendar. */
  SpendTarget target() {
    return target;
  }

  /**
   * Steps at event time {@code nowMillis} over what became known since the last step.
   *
   * @param active whether the campaign may bid; if not, time passes without a step
   * @param ages is told the age of each outcome that the step is the first to know
   */
  public void step(long nowMillis, Ledger ledger, boolean active, DoubleConsumer ages) {
    if (lastStepMillis == NOT_STARTED) {
      lastStepMillis = nowMillis;
    }
    long elapsed = nowMillis - lastStepMillis;
    if (elapsed <= 0) {
      return;
    }
    age.advance(nowMillis);
    for (int i = 0; i < resolved; i++) {
      ages.accept(age.learned(nowMillis, decided[i]));
    }
    if (active) {
      double plan =
          target.planned(lastStepMillis, nowMillis, ledger, spent, openCost(ledger.summary()));
      double left =
          campaign.flight().ends()
              ? Math.max(0.0, (double) (campaign.flight().endMillis() - nowMillis))
              : (double) (target.endOfDay(nowMillis) - nowMillis);
      pacer.step(elapsed, plan, spent, spentSquares, resolved, feedbackAgeMillis(), left);
    }
    lastStepMillis = nowMillis;
    spent = 0;
    spentSquares = 0;
    resolved = 0;
  }

  private double openCost(LedgerSummary money) {
    return reservedOfResolved > 0
        ? Money.units(money.reservedNanos()) * (paidOfResolved / reservedOfResolved)
        : 0;
  }

  /** Writes the state, without the definition. */
  public void write(DataOutput out) throws IOException {
    pacer.write(out);
    age.write(out);
    out.writeLong(lastStepMillis);
    out.writeDouble(spent);
    out.writeDouble(spentSquares);
    out.writeDouble(paidOfResolved);
    out.writeDouble(reservedOfResolved);
    out.writeInt(resolved);
    for (int i = 0; i < resolved; i++) {
      out.writeLong(decided[i]);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static PacingLoop read(Campaign campaign, PacingConfig config, DataInput in)
      throws IOException {
    BudgetPacer pacer = BudgetPacer.read(campaign, config, in);
    FeedbackAge age = FeedbackAge.read(AGE_WINDOW_MILLIS, in);
    PacingLoop loop = new PacingLoop(campaign, config, pacer, age, in.readLong());
    loop.spent = in.readDouble();
    loop.spentSquares = in.readDouble();
    loop.paidOfResolved = in.readDouble();
    loop.reservedOfResolved = in.readDouble();
    loop.resolved = in.readInt();
    loop.decided = new long[Math.max(64, Integer.highestOneBit(loop.resolved) * 2)];
    for (int i = 0; i < loop.resolved; i++) {
      loop.decided[i] = in.readLong();
    }
    return loop;
  }
}
