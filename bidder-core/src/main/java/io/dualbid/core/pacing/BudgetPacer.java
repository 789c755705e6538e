package io.dualbid.core.pacing;

import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.ShiftedEntropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Strategy;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Paces a budget by dual mirror descent: spends more than planned and the multiplier rises, so bids
 * fall; spends less and they rise.
 *
 * <p>It steps once a period over all auctions whose outcome became known in it. With n of them,
 * plan P and spend S of the period, ρ = P/n is the plan of one auction, and the gradients (ρ -
 * cost)/ρ of the auctions sum to n·(1 - S/P). Divided by ρ they are pure numbers, so one step size
 * serves budgets and currencies of any size. The step size, per auction, is
 *
 * <pre>
 *   η = c / sqrt(1 + Σ g²)           adaptive: calm where wins are rare and dear
 *   η ≥ f,  f = 0.08 / sqrt(T)        T: auctions of the whole flight, as far as known; follows drift
 *   η ≤ 1.25·f·max(1, (z/2)⁴)        z: how far the latest gradients pull one way
 *   η ≤ c' / (D + n)                 D: auctions within the age of the feedback
 * </pre>
 *
 * <p>A start that is nearly right is best left alone, one that is wrong must be left quickly; z
 * tells them apart. It is |Σ g| / sqrt(Σ g²) over the last thousand auctions or so: below 2 or 3
 * where the multiplier is right, and as the root of the number of auctions where it isn't. The last
 * bound keeps a loop with dead time from oscillating; where no auctions are seen a period counts as
 * one. A step that the campaign names itself, constant or c / sqrt(t), has this bound only.
 *
 * <p>O(1), no allocation; not thread safe.
 *
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023, Algorithm
 *     1"
 */
public final class BudgetPacer {
  private static final double DRIFT_STEP = 0.08;
  private static final double CALM = 1.25;
  private static final double PULL = 2;
  private static final double PULL_MEMORY = 1_000;

  private final DualVariable dual;
  private final double ageCap;
  private final boolean adaptive;
  private final AuctionRate rate;
  private double pull;
  private double noise;

  private BudgetPacer(Campaign campaign, DualVariable dual, AuctionRate rate, PacingConfig config) {
    this.dual = dual;
    this.rate = rate;
    this.ageCap = config.ageCap();
    this.adaptive = campaign.strategy().step().kind() == Strategy.Step.Kind.ADAPTIVE;
  }

  /** A pacer at the start multiplier of {@code campaign}. */
  public static BudgetPacer of(Campaign campaign, PacingConfig config) {
    Strategy strategy = campaign.strategy();
    return new BudgetPacer(
        campaign,
        new DualVariable(map(campaign), stepSize(campaign, config), strategy.startMultiplier()),
        new AuctionRate(),
        config);
  }

  /** The same pacer for a campaign whose definition has changed: its multiplier is kept. */
  BudgetPacer under(Campaign campaign, PacingConfig config) {
    BudgetPacer pacer =
        new BudgetPacer(
            campaign, dual.under(map(campaign), stepSize(campaign, config)), rate.copy(), config);
    pacer.pull = pull;
    pacer.noise = noise;
    return pacer;
  }

  /** The budget multiplier μ. */
  public double multiplier() {
    return dual.multiplier();
  }

  /** Auctions per second whose outcome became known, over the last seconds. */
  public double auctionsPerSecond() {
    return rate.perMilli() * 1000;
  }

  /**
   * One step over a period.
   *
   * @param elapsedMillis length of the period, above 0
   * @param planned planned spend of the period, in account currency; without a plan there is no
   *     step
   * @param spent settled spend of the period
   * @param spentSquares sum of the squares of the prices settled
   * @param auctions number of outcomes that became known
   * @param ageMillis age of the feedback
   * @param leftMillis time left in the flight
   * @param reach by how much more the multiplier must move for the same effect on bids, at least 1;
   *     steps are longer by it
   */
  public void step(
      long elapsedMillis,
      double planned,
      double spent,
      double spentSquares,
      long auctions,
      double ageMillis,
      double leftMillis,
      double reach) {
    rate.measure(elapsedMillis, auctions);
    if (!(planned > 0)) {
      return;
    }
    double slots = rate.slots(elapsedMillis, auctions);
    double rho = planned / slots;
    double gradient = slots - spent / rho;
    double squares = Math.max(0, slots - 2 * spent / rho + spentSquares / rho / rho);
    double delayed = slots * ageMillis / elapsedMillis;
    double horizon = dual.slots() + slots + rate.perMilli() * leftMillis;
    double drift = DRIFT_STEP / Math.sqrt(horizon);
    double highest = ageCap / (delayed + slots);
    if (adaptive) {
      highest = Math.min(highest, CALM * drift * urgency(slots, gradient, squares));
    }
    dual.advance(gradient * reach, squares, Math.round(slots), adaptive ? drift : 0, highest);
  }

  /** By how much steps may be longer because the latest gradients pull one way; at least 1. */
  private double urgency(double slots, double gradient, double squares) {
    if (!Double.isNaN(gradient) && !Double.isNaN(squares)) {
      double keep = 1 / (1 + slots / PULL_MEMORY);
      pull = keep * pull + gradient;
      noise = Math.min(Double.MAX_VALUE, keep * noise + squares);
    }
    double z = Math.abs(pull) / Math.sqrt(1 + noise) / PULL;
    return Math.max(1, z * z * z * z);
  }

  /**
   * The map of a campaign. A click costs its price however low the multiplier is, so below 1, where
   * a value maximiser bids all that a click brings, it would only have farther to rise again.
   */
  private static MirrorMap map(Campaign campaign) {
    Strategy strategy = campaign.strategy();
    boolean bounded =
        campaign.perClick() != null
            && strategy.objective() == Campaign.Objective.VALUE
            && strategy.mirror() == Campaign.Mirror.ENTROPY;
    return bounded ? new Entropy(MirrorMap.CLIP, 1, MirrorMap.CEILING) : map(strategy.mirror());
  }

  /** A map with its default bounds. */
  static MirrorMap map(Campaign.Mirror mirror) {
    return switch (mirror) {
      case EUCLIDEAN -> Euclidean.DEFAULT;
      case ENTROPY -> Entropy.DEFAULT;
      case SHIFTED_ENTROPY -> ShiftedEntropy.DEFAULT;
    };
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    dual.write(out);
    rate.write(out);
    out.writeDouble(pull);
    out.writeDouble(noise);
  }

  /** Reads what {@link #write} wrote, for a campaign whose settings may have changed since. */
  public static BudgetPacer read(Campaign campaign, PacingConfig config, DataInput in)
      throws IOException {
    BudgetPacer pacer =
        new BudgetPacer(
            campaign,
            DualVariable.read(map(campaign), stepSize(campaign, config), in),
            AuctionRate.read(in),
            config);
    pacer.pull = in.readDouble();
    pacer.noise = in.readDouble();
    return pacer;
  }

  private static StepSize stepSize(Campaign campaign, PacingConfig config) {
    Strategy.Step step = campaign.strategy().step();
    return switch (step.kind()) {
      case ADAPTIVE ->
          new StepSize.Adaptive(
              step.size() == Strategy.Step.DEFAULT_SIZE ? config.adaptiveStep() : step.size(), 1);
      case CONSTANT -> new StepSize.Constant(step.size());
      case INVERSE_ROOT -> new StepSize.InverseRoot(step.size());
    };
  }
}
