package io.dualbid.core.placement;

import io.dualbid.core.placement.value.ValueDistribution;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A creative that takes part, one for each advertiser.
 *
 * <p>Weights, fits and exclusions must not depend on the bid; nothing is truthful otherwise.
 */
public final class Ad {
  private final String id;
  private final double bid;
  private final double[] clickWeight;
  private final double[] fit;
  private final @Nullable ValueDistribution valueDistribution;
  private final Set<String> excludedTopics;
  private final Set<String> competesIn;
  private final Set<String> notWith;

  private Ad(
      String id,
      double bid,
      double[] clickWeight,
      double[] fit,
      @Nullable ValueDistribution valueDistribution,
      Set<String> excludedTopics,
      Set<String> competesIn,
      Set<String> notWith) {
    if (!(bid >= 0 && bid < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(id + ": a bid must be finite and at least 0: " + bid);
    }
    for (double w : clickWeight) {
      if (!(w >= 0 && w < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            id + ": a click weight must be finite and at least 0: " + w);
      }
    }
    this.id = id;
    this.bid = bid;
    this.clickWeight = clickWeight;
    this.fit = fit;
    this.valueDistribution = valueDistribution;
    this.excludedTopics = excludedTopics;
    this.competesIn = competesIn;
    this.notWith = notWith;
  }

  /**
   * An ad without a law of values, fits and exclusions.
   *
   * @param bid per click, in account currency
   * @param clickWeight by position: for an MNL reader the weight against "no click", for a cascade
   *     reader the probability of a click when read; 0 where it must not stand; copied
   */
  public Ad(String id, double bid, double... clickWeight) {
    this(id, bid, clickWeight.clone(), new double[0], null, Set.of(), Set.of(), Set.of());
  }

  /** The same with another bid. */
  public Ad withBid(double other) {
    return new Ad(
        id, other, clickWeight, fit, valueDistribution, excludedTopics, competesIn, notWith);
  }

  /** The same with a law of values, which a revenue auction needs. */
  public Ad withValues(ValueDistribution law) {
    return new Ad(id, bid, clickWeight, fit, law, excludedTopics, competesIn, notWith);
  }

  /**
   * The same with fits.
   *
   * @param fits by position, in the scale of {@link Limits#fitFloor}; copied
   */
  public Ad withFit(double[] fits) {
    if (fits.length != clickWeight.length) {
      throw new IllegalArgumentException(
          id + ": needs a fit for each of " + clickWeight.length + " positions: " + fits.length);
    }
    return new Ad(
        id, bid, clickWeight, fits.clone(), valueDistribution, excludedTopics, competesIn, notWith);
  }

  /**
   * The same with exclusions.
   *
   * @param topics it must not stand in
   * @param competes trades: of two ads that share one, one at most is shown
   * @param others ids of ads it must not be shown with
   */
  public Ad withExclusions(Set<String> topics, Set<String> competes, Set<String> others) {
    return new Ad(
        id,
        bid,
        clickWeight,
        fit,
        valueDistribution,
        Set.copyOf(topics),
        Set.copyOf(competes),
        Set.copyOf(others));
  }

  /** Names the advertiser. */
  public String id() {
    return id;
  }

  /** Per click, in account currency. */
  public double bid() {
    return bid;
  }

  /** How many positions it has weights for. */
  public int positions() {
    return clickWeight.length;
  }

  /** The weight at a position. */
  public double clickWeight(int position) {
    return clickWeight[position];
  }

  /** The fit at a position, positive infinity where none is given. */
  public double fit(int position) {
    return fit.length == 0 ? Double.POSITIVE_INFINITY : fit[position];
  }

  /** The law of its values, if known. */
  public @Nullable ValueDistribution valueDistribution() {
    return valueDistribution;
  }

  /** Topics it must not stand in. */
  public Set<String> excludedTopics() {
    return excludedTopics;
  }

  /** Trades in which it competes. */
  public Set<String> competesIn() {
    return competesIn;
  }

  /** Ads it must not be shown with. */
  public Set<String> notWith() {
    return notWith;
  }
}
