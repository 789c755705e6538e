package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Learns a price landscape from the outcomes of first-price auctions, whatever an exchange tells.
 *
 * <p>What is seen decides what is used, unless a log-normal fit is asked for:
 *
 * <table>
 *   <caption>Estimators</caption>
 *   <tr><td>every price known</td><td>empirical distribution: exact while there are few prices and
 *       no prior, then a histogram of 2 % ticks</td></tr>
 *   <tr><td>losers see the price, winners only that their bid was enough</td>
 *       <td>{@link ProductLimit}</td></tr>
 *   <tr><td>won or lost, and no price</td><td>{@link IsotonicRates}</td></tr>
 *   <tr><td>a mixture</td><td>{@link SelfConsistent}</td></tr>
 * </table>
 *
 * <p>In all but the first a {@link LogNormalFit} to everything seen, itself held by the prior,
 * counts as some more observations: it says how F goes on where no bid was ever tried, without
 * which a bidder who always wins would never learn that less is enough.
 *
 * <p>An observation costs O(1) (O(log n) and a move among at most {@code exactPrices}); a landscape
 * is made on demand, well below a millisecond but for the mixture. Memory is bounded: three
 * histograms, 50 KB at the widest. The same calls give the same bits on every platform. Not thread
 * safe.
 */
public final class LandscapeLearner {
  private static final int VERSION = 1;

  private final LandscapeConfig config;
  private final TickWeights prior;
  private PriceObservations seen = new PriceObservations();
  private @Nullable EmpiricalPrices exact;
  private long rejected;
  private @Nullable PriceLandscape landscape;

  /** A learner that has seen nothing. */
  public LandscapeLearner(LandscapeConfig config) {
    this.config = config;
    this.prior = TickWeights.of(config.prior());
    boolean steps = config.method() == LandscapeConfig.Method.STEPS;
    if (steps && config.priorWeight() == 0 && config.exactPrices() > 0) {
      exact = new EmpiricalPrices(config.exactPrices());
    }
  }

  /**
   * A bid won.
   *
   * @param bid in account currency, above 0
   * @param price the highest competing bid (what would just have been enough), at most the bid; NaN
   *     where it is not told. What the winner paid says nothing in a first-price auction
   */
  public void won(double bid, double price) {
    if (!(bid > 0) || bid == Double.POSITIVE_INFINITY || !(Double.isNaN(price) || price <= bid)) {
      rejected++;
    } else if (Double.isNaN(price)) {
      seen.wonAt(bid);
      forgetExact();
    } else {
      learn(price);
    }
  }

  /**
   * A bid lost.
   *
   * @param bid in account currency, at least 0; 0 where one only watched
   * @param minimumToWin what would just have been enough, at least the bid; NaN where it is not
   *     told. A minimum below the bid means that it lost for another reason, and is rejected
   */
  public void lost(double bid, double minimumToWin) {
    if (!(bid >= 0)
        || bid == Double.POSITIVE_INFINITY
        || !(Double.isNaN(minimumToWin) || minimumToWin >= bid)) {
      rejected++;
    } else if (!Double.isNaN(minimumToWin)) {
      learn(minimumToWin);
    } else if (bid > 0) {
      seen.lostAt(bid);
      forgetExact();
    }
  }

  /** Time passes: what was seen counts less; nothing happens unless {@code ticks} is above 0. */
  public void advance(long ticks) {
    if (ticks > 0 && config.halfLifeTicks() < Double.POSITIVE_INFINITY) {
      double rescaled = seen.discount(StrictMath.pow(0.5, ticks / config.halfLifeTicks()));
      if (exact != null && rescaled != 1) {
        exact.multiply(rescaled);
      }
      landscape = null;
    }
  }

  /** What is known now; immutable, and the same object until something is learned. */
  public PriceLandscape landscape() {
    if (landscape == null) {
      landscape = estimate();
    }
    return landscape;
  }

  /** Number of observations, those of the past counting less. */
  public double observations() {
    return seen.count();
  }

  /** Number of observations that contradicted themselves or were no numbers, and had no effect. */
  public long rejected() {
    return rejected;
  }

  private void learn(double price) {
    if (!(price >= 0) || price == Double.POSITIVE_INFINITY) {
      rejected++;
      return;
    }
    double positive = price + 0.0; // makes 0 of -0, which a search would tell apart
    seen.price(positive);
    if (exact != null && !exact.add(positive, seen.unit())) {
      exact = null;
    }
    landscape = null;
  }

  private void forgetExact() {
    exact = null;
    landscape = null;
  }

  private PriceLandscape estimate() {
    boolean priced = seen.counts(seen.known);
    boolean won = seen.counts(seen.won);
    boolean lost = seen.counts(seen.lost);
    if (!priced && !won && !lost) {
      return config.priorWeight() > 0 ? config.prior() : StepLandscape.UNKNOWN;
    }
    if (config.method() == LandscapeConfig.Method.LOG_NORMAL) {
      return fit();
    }
    StepLandscape steps;
    if (!won && !lost) {
      steps =
          exact != null
              ? exact.landscape()
              : ProductLimit.estimate(seen, prior, config.priorWeight());
    } else if (!priced) {
      steps = IsotonicRates.estimate(seen, fit(), config.guessWeight());
    } else if (!lost) {
      steps = ProductLimit.estimate(seen, TickWeights.of(fit()), config.guessWeight());
    } else {
      steps =
          SelfConsistent.estimate(
              seen, TickWeights.of(fit()), config.guessWeight(), SelfConsistent.ROUNDS);
    }
    return steps.thinned(config.points());
  }

  private LogNormalLandscape fit() {
    return LogNormalFit.of(seen, prior, config.priorWeight()).landscape();
  }

  /** Writes the state, without the configuration. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(rejected);
    seen.write(out);
    out.writeBoolean(exact != null);
    if (exact != null) {
      exact.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote, under a configuration that may have changed since.
   *
   * @throws IOException if it is of another version or damaged
   */
  public static LandscapeLearner read(LandscapeConfig config, DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("found a learner of version " + version + "; accepted: " + VERSION);
    }
    LandscapeLearner learner = new LandscapeLearner(config);
    learner.rejected = in.readLong();
    learner.seen = PriceObservations.read(in);
    EmpiricalPrices exact =
        in.readBoolean() ? EmpiricalPrices.read(config.exactPrices(), in) : null;
    // A configuration with a prior or a smaller capacity has no use for exact prices.
    learner.exact = learner.exact == null ? null : exact;
    return learner;
  }
}
