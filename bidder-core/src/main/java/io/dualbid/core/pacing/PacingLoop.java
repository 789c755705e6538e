package io.dualbid.core.pacing;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Strategy.AuctionType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The control loop of one campaign: gathers what outcomes became known since the last step,
 * compares their spend with the plan, and moves the multiplier.
 *
 * <p>Open bids are expected to cost what bids have cost so far, per unit reserved; without that,
 * the money on its way back would be planned a second time. Of a campaign that pays by the click an
 * impression counts as spend what it is expected to be charged, from its win on: clicks are few and
 * late, and would steer too wildly. Once clicked, or not, what it really cost is in the ledger, and
 * so in the plan for the rest. Not thread safe.
 */
public final class PacingLoop {
  private static final long AGE_WINDOW_MILLIS = 10_000;
  private static final double AGE_UNKNOWN_MILLIS = 1_000;
  private static final double COST_MEMORY = 0.999;
  private static final long NOT_STARTED = Long.MIN_VALUE;

  /** Parts of an attribution window in which wins that were valued anew are made good. */
  private static final double MADE_GOOD_IN = 0.25;

  private final PacingConfig config;
  private Campaign campaign;
  private SpendTarget target;
  private Controller controller;
  private final FeedbackAge age;
  private final PriceWatch prices;

  private long lastStepMillis;
  private double spent;
  private double spentSquares;
  private double gained;
  private double gainedSquares;
  private double calibration = 1;
  private double owed;
  private double paidOfResolved;
  private double reservedOfResolved;
  private long[] decided = new long[64];
  private int resolved;

  /** A loop that has seen nothing; its first period begins with the first step. */
  public PacingLoop(Campaign campaign, PacingConfig config) {
    this(
        campaign,
        config,
        Controller.of(campaign, config),
        new FeedbackAge(AGE_WINDOW_MILLIS),
        new PriceWatch(),
        NOT_STARTED);
  }

  private PacingLoop(
      Campaign campaign,
      PacingConfig config,
      Controller controller,
      FeedbackAge age,
      PriceWatch prices,
      long lastStepMillis) {
    this.campaign = campaign;
    this.config = config;
    this.target = new SpendTarget(campaign);
    this.controller = controller;
    this.age = age;
    this.prices = prices;
    this.lastStepMillis = lastStepMillis;
  }

  /** Takes over a changed definition. Multipliers are kept, unless they mean something else now. */
  public void redefine(Campaign changed) {
    controller = Controller.under(controller, campaign, changed, config);
    campaign = changed;
    target = new SpendTarget(changed);
  }

  /** The shadow prices, and what predictions are to be multiplied by. */
  public Multipliers multipliers() {
    return controller.multipliers().calibratedBy(calibration);
  }

  /** The price landscape, where bids are shaded by it and it is known; else null. */
  public @Nullable PriceCurve landscape() {
    return watchesPrices() ? prices.curve() : null;
  }

  /** What others bid matters to who pays for the impression, and its own bid. */
  private boolean watchesPrices() {
    return campaign.strategy().auction() != AuctionType.SECOND_PRICE && campaign.perClick() == null;
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
  public void resolved(
      long decidedMillis,
      long amountNanos,
      long priceNanos,
      long creditNanos,
      Settlement.Notice notice) {
    if (resolved == decided.length) {
      decided = Arrays.copyOf(decided, 2 * resolved);
    }
    decided[resolved++] = decidedMillis;
    charged(priceNanos, creditNanos);
    if (watchesPrices()) {
      prices.saw(amountNanos, notice);
    }
    paidOfResolved = COST_MEMORY * paidOfResolved + priceNanos;
    reservedOfResolved = COST_MEMORY * reservedOfResolved + amountNanos;
  }

  /** Money was charged, and something earned towards the return on spend. */
  public void charged(long priceNanos, long creditNanos) {
    double price = Money.units(priceNanos);
    spent += price;
    spentSquares += price * price;
    gain(calibration * Money.units(creditNanos) - price);
  }

  /** Wins of the past are expected to earn more, or less, than was thought. */
  public void corrected(long creditNanos) {
    gain(calibration * Money.units(creditNanos));
  }

  private void gain(double gain) {
    gained += gain;
    gainedSquares += gain * gain;
  }

  /**
   * Predictions are to be multiplied by another factor. The wins of the attribution window are
   * valued anew by it, and the difference is made good over the next part of a window: all at once
   * it would throw the multiplier off, and left out it would be missing in the end. Older wins keep
   * the factor that they had.
   *
   * @param windowCreditNanos what the wins of the window were predicted to earn
   */
  public void calibrate(double factor, long windowCreditNanos) {
    if (factor != calibration) {
      owed += (factor - calibration) * Money.units(windowCreditNanos);
      calibration = factor;
    }
  }

  /** What of the difference belongs to a period. */
  private double madeGood(long elapsedMillis) {
    if (owed == 0) {
      return 0;
    }
    double window = MADE_GOOD_IN * campaign.strategy().attribution().windowMillis();
    double part = owed * Math.min(1, elapsedMillis / Math.max(1, window));
    owed -= part;
    return part;
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
    prices.advance(nowMillis);
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
      controller.step(
          new Period(
              nowMillis,
              elapsed,
              plan,
              target.plannedBy(nowMillis, ledger),
              Money.units(ledger.summary().spentNanos() + ledger.summary().expected().shownNanos()),
              Money.units(campaign.budgetNanos()),
              resolved,
              spent,
              spentSquares,
              gained + madeGood(elapsed),
              gainedSquares,
              feedbackAgeMillis(),
              left));
    }
    lastStepMillis = nowMillis;
    spent = 0;
    spentSquares = 0;
    gained = 0;
    gainedSquares = 0;
    resolved = 0;
  }

  private double openCost(LedgerSummary money) {
    double share = reservedOfResolved > 0 ? paidOfResolved / reservedOfResolved : 0;
    return Money.units(money.expected().shownNanos())
        + Money.units(money.reservedNanos() + money.expected().bidNanos()) * share;
  }

  /** Writes the state, without the definition. */
  public void write(DataOutput out) throws IOException {
    controller.write(out);
    age.write(out);
    prices.write(out);
    out.writeLong(lastStepMillis);
    out.writeDouble(spent);
    out.writeDouble(spentSquares);
    out.writeDouble(gained);
    out.writeDouble(gainedSquares);
    out.writeDouble(calibration);
    out.writeDouble(owed);
    out.writeDouble(paidOfResolved);
    out.writeDouble(reservedOfResolved);
    out.writeInt(resolved);
    for (int i = 0; i < resolved; i++) {
      out.writeLong(decided[i]);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param format the version of the state that it is part of, 2 to 4
   */
  public static PacingLoop read(Campaign campaign, PacingConfig config, int format, DataInput in)
      throws IOException {
    Controller controller = Controller.read(campaign, config, in);
    FeedbackAge age = FeedbackAge.read(AGE_WINDOW_MILLIS, in);
    PriceWatch prices = PriceWatch.read(in);
    PacingLoop loop = new PacingLoop(campaign, config, controller, age, prices, in.readLong());
    loop.spent = in.readDouble();
    loop.spentSquares = in.readDouble();
    loop.gained = in.readDouble();
    loop.gainedSquares = in.readDouble();
    if (format >= Settlement.LATE_VALUES_FORMAT) {
      loop.calibration = in.readDouble();
      loop.owed = in.readDouble();
    }
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
