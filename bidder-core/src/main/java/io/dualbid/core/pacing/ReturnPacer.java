package io.dualbid.core.pacing;

import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keeps a return on spend by mirror descent: what wins earn, w = value/target, less what they cost
 * is the gradient of the multiplier λ,
 *
 * <pre>  λ' = λ·exp(-α·(w - p) / M)</pre>
 *
 * <p>with M the highest bid, so that the step size is a pure number: earning more than it costs
 * lets λ fall and bids rise above break-even. It steps once a period over all outcomes of it, with
 * the sum of their gradients. The step size, per auction, is
 *
 * <pre>
 *   α = c / sqrt(100 + Σ g²)    adaptive
 *   α ≤ c' / (G·(D + n))        D: auctions within the age of the feedback, G: mean |g|
 * </pre>
 *
 * <p>From λ = 1, with α = 1/sqrt(T) and prices and credits up to M, the published choice, the
 * shortfall Σ p - Σ w is at most M·sqrt(T)·ln(2 + sqrt(T)) at every moment on every path, and the
 * regret O(sqrt T) for independent auctions.
 *
 * <p>O(1), no allocation; not thread safe.
 *
 * @see "Feng, Padmanabhan, Wang: Online Bidding Algorithms for Return-on-Spend Constrained
 *     Advertisers, WWW 2023, Algorithm 3.1"
 */
final class ReturnPacer {
  /**
   * Keeps the first steps short: a λ that falls before there is slack buys dearly what must be
   * earned back, or, where the return is kept strictly, runs into the limit of what may be risked.
   */
  private static final double OFFSET = 100;

  /** Bids of 10⁹ times break-even are as good as any. */
  private static final MirrorMap MAP = new Entropy(MirrorMap.CLIP, 1e-9, MirrorMap.CEILING);

  private final DualVariable dual;
  private final AuctionRate rate;
  private final double scale;
  private final double ageCap;

  private ReturnPacer(DualVariable dual, AuctionRate rate, double scale, double ageCap) {
    this.dual = dual;
    this.rate = rate;
    this.scale = scale;
    this.ageCap = ageCap;
  }

  static ReturnPacer of(Campaign campaign, PacingConfig config) {
    return new ReturnPacer(
        new DualVariable(MAP, stepSize(config), campaign.strategy().startReturnMultiplier()),
        new AuctionRate(),
        Money.units(campaign.maxBidNanos()),
        config.ageCap());
  }

  /** The same for a campaign whose definition has changed: its multiplier is kept. */
  ReturnPacer under(Campaign campaign, PacingConfig config) {
    return new ReturnPacer(
        dual.under(MAP, stepSize(config)),
        rate.copy(),
        Money.units(campaign.maxBidNanos()),
        config.ageCap());
  }

  /** The multiplier λ of the return on spend. */
  double multiplier() {
    return dual.multiplier();
  }

  /** One step over a period. */
  void step(Period period) {
    rate.measure(period.elapsedMillis(), period.auctions());
    double slots = rate.slots(period.elapsedMillis(), period.auctions());
    double gradient = period.gained() / scale;
    double ownSquares = period.gainedSquares() / scale / scale;
    double delayed = slots * period.ageMillis() / period.elapsedMillis();
    double typical =
        Math.sqrt((dual.sumOfSquares() + ownSquares) / Math.max(1, dual.slots() + slots));
    dual.advance(
        gradient,
        ownSquares,
        Math.round(slots),
        0,
        typical > 0 ? ageCap / (typical * (delayed + slots)) : Double.POSITIVE_INFINITY);
  }

  private static StepSize stepSize(PacingConfig config) {
    return new StepSize.Adaptive(config.returnStep(), OFFSET);
  }

  void write(DataOutput out) throws IOException {
    dual.write(out);
    rate.write(out);
  }

  static ReturnPacer read(Campaign campaign, PacingConfig config, DataInput in) throws IOException {
    return new ReturnPacer(
        DualVariable.read(MAP, stepSize(config), in),
        AuctionRate.read(in),
        Money.units(campaign.maxBidNanos()),
        config.ageCap());
  }
}
