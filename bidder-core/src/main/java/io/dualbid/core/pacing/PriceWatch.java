package io.dualbid.core.pacing;

import io.dualbid.core.landscape.LandscapeConfig;
import io.dualbid.core.landscape.LandscapeLearner;
import io.dualbid.core.landscape.PriceLandscape;
import io.dualbid.core.landscape.StepLandscape;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PriceCurve;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Learns the price landscape of one campaign from the outcomes of its bids. The lowest bid that
 * would have won is used where the exchange tells it. Without it, a win that cost less than its bid
 * was a second-price auction, whose price was the highest competing bid; a win at its own bid tells
 * only that nobody bid more.
 *
 * <p>A landscape costs up to a millisecond to make, so it is made at most once a second and only
 * when enough was seen since the last one to matter; nothing is learned before a campaign was seen
 * to pay its own bid. Not thread safe.
 */
final class PriceWatch {
  private static final long TICK_MILLIS = 1_000;

  /** An hour: long against the noise, short against the drift. */
  private static final double HALF_LIFE_TICKS = 3_600;

  /** Auctions before a landscape is believed. */
  private static final double ENOUGH = 50;

  /**
   * Part of all observations that must be new for another landscape. A landscape of n auctions errs
   * by 1/√n, so that a hundredth more of them hardly moves it.
   */
  private static final double NEWS = 0.01;

  private static final LandscapeConfig CONFIG =
      LandscapeConfig.of(StepLandscape.UNKNOWN, 0, HALF_LIFE_TICKS);

  private final LandscapeLearner learner;
  private boolean paysItsBid;
  private long tickMillis = Long.MIN_VALUE;
  private @Nullable PriceCurve curve;

  /** Observations since the curve was made. */
  private long news;

  PriceWatch() {
    this(new LandscapeLearner(CONFIG));
  }

  private PriceWatch(LandscapeLearner learner) {
    this.learner = learner;
  }

  /** A notice for a bid of {@code amountNanos} was read. */
  void saw(long amountNanos, Settlement.Notice notice) {
    boolean atItsBid = notice.win() && notice.priceNanos() >= amountNanos;
    paysItsBid |= atItsBid;
    if (!paysItsBid) {
      return;
    }
    news++;
    double bid = Money.units(amountNanos);
    double known =
        notice.minimumToWinNanos() == Outcome.UNKNOWN
            ? Double.NaN
            : Money.units(notice.minimumToWinNanos());
    if (!notice.win()) {
      learner.lost(bid, known);
      return;
    }
    learner.won(bid, Double.isNaN(known) && !atItsBid ? Money.units(notice.priceNanos()) : known);
  }

  /** Lets time pass. */
  void advance(long nowMillis) {
    if (tickMillis == Long.MIN_VALUE) {
      tickMillis = nowMillis;
    }
    long ticks = (nowMillis - tickMillis) / TICK_MILLIS;
    if (ticks > 0) {
      tickMillis += ticks * TICK_MILLIS;
      learner.advance(ticks);
      double all = learner.observations();
      if (paysItsBid && all >= ENOUGH && (curve == null || news >= NEWS * all)) {
        curve = curve(learner.landscape());
        news = 0;
      }
    }
  }

  /** The landscape as it is told to bidders, or null while it isn't known or not needed. */
  @Nullable PriceCurve curve() {
    return curve;
  }

  private static @Nullable PriceCurve curve(PriceLandscape landscape) {
    if (!(landscape instanceof StepLandscape steps) || steps.size() == 0) {
      return null;
    }
    List<Double> prices = new ArrayList<>(steps.size());
    List<Double> probabilities = new ArrayList<>(steps.size());
    for (int i = 0; i < steps.size(); i++) {
      prices.add(steps.price(i));
      probabilities.add(steps.probability(i));
    }
    return new PriceCurve(prices, probabilities);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(tickMillis);
    out.writeBoolean(paysItsBid);
    if (paysItsBid) {
      learner.write(out);
    }
  }

  static PriceWatch read(DataInput in) throws IOException {
    long tickMillis = in.readLong();
    boolean paysItsBid = in.readBoolean();
    PriceWatch watch =
        paysItsBid ? new PriceWatch(LandscapeLearner.read(CONFIG, in)) : new PriceWatch();
    watch.paysItsBid = paysItsBid;
    watch.tickMillis = tickMillis;
    // The curve isn't saved, and bids must not do without it until the next one is due.
    if (paysItsBid && watch.learner.observations() >= ENOUGH) {
      watch.curve = curve(watch.learner.landscape());
    }
    return watch;
  }
}
