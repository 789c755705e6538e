package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A landscape of steps: F is 0 below the first price, constant between prices, and jumps at them.
 *
 * <p>Between steps a higher bid costs more and wins no more, so the best bid is the floor or one of
 * the prices, and one pass over them finds it exactly: O(points), no allocation, {@link
 * #PUBLISHED_POINTS} of them at most where bidders hold it. Prices at or above the value are not
 * looked at.
 */
public final class StepLandscape implements PriceLandscape {
  /** So many points are enough for bidders, and a pass over them takes well below a microsecond. */
  public static final int PUBLISHED_POINTS = 64;

  /** Nothing is known: no bid wins, so none is best. */
  public static final StepLandscape UNKNOWN = new StepLandscape(new double[0], new double[0]);

  /** First byte of the written form. */
  static final int FORM = 1;

  /** A gap between neighbouring prices counts at most this much when points are chosen. */
  private static final double WIDEST_LOG_GAP = 0.25;

  /** Prices that win less often, or lose less often, count by their probability alone. */
  private static final double SELDOM = 1e-3;

  private static final int MOST_POINTS = 1 << 20;

  private final double[] prices;
  private final double[] probabilities;

  private StepLandscape(double[] prices, double[] probabilities) {
    this.prices = prices;
    this.probabilities = probabilities;
  }

  /**
   * The landscape with these steps.
   *
   * @param prices finite, at least 0, strictly rising; copied
   * @param probabilities of the same length, within 0 and 1, never falling; copied
   * @throws IllegalArgumentException if they are not so; names the first offender
   */
  public static StepLandscape of(double[] prices, double[] probabilities) {
    if (prices.length != probabilities.length) {
      throw new IllegalArgumentException(
          "found " + prices.length + " prices and " + probabilities.length + " probabilities");
    }
    for (int i = 0; i < prices.length; i++) {
      boolean rising = i == 0 ? prices[i] >= 0 : prices[i] > prices[i - 1];
      if (!rising || prices[i] == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "prices must be finite, >= 0 and rise: prices[" + i + "]=" + prices[i]);
      }
      double least = i == 0 ? 0 : probabilities[i - 1];
      if (!(probabilities[i] >= least && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "probabilities must be in [0, 1] and never fall: probabilities["
                + i
                + "]="
                + probabilities[i]);
      }
    }
    return new StepLandscape(prices.clone(), probabilities.clone());
  }

  /** The landscape with these steps, under the same conditions. */
  public static StepLandscape of(List<PricePoint> points) {
    double[] prices = new double[points.size()];
    double[] probabilities = new double[points.size()];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = points.get(i).price();
      probabilities[i] = points.get(i).probability();
    }
    return of(prices, probabilities);
  }

  /** Number of steps. */
  public int size() {
    return prices.length;
  }

  /** Price of a step, in account currency; they rise. */
  public double price(int step) {
    return prices[step];
  }

  /** F at the price of a step. */
  public double probability(int step) {
    return probabilities[step];
  }

  /** The steps, by price. */
  public List<PricePoint> points() {
    List<PricePoint> points = new ArrayList<>(prices.length);
    for (int i = 0; i < prices.length; i++) {
      points.add(new PricePoint(prices[i], probabilities[i]));
    }
    return points;
  }

  @Override
  public double winProbability(double bid) {
    int step = lastAtMost(bid);
    return step < 0 ? 0 : probabilities[step];
  }

  @Override
  public double bestBid(double value, double floor) {
    double worth = Math.min(value, Double.MAX_VALUE);
    double best = 0;
    double bid = NO_BID;
    int step = 0;
    if (floor > 0) {
      int below = lastAtMost(floor);
      if (below >= 0) {
        best = Math.max(0, (worth - floor) * probabilities[below]);
        bid = best > 0 ? floor : NO_BID;
      }
      step = below + 1;
    }
    for (; step < prices.length && prices[step] < worth; step++) {
      double gain = (worth - prices[step]) * probabilities[step];
      if (gain > best) {
        best = gain;
        bid = prices[step];
      }
    }
    return bid;
  }

  /**
   * At most {@code most} of the steps, the first and the last among them. F is exact at those that
   * stay and too low between them, so a bid is never thought better than it is.
   *
   * <p>They stay at even distances of a measure that counts half by probability, so that the bulk
   * is fine, and half by the logarithm of the price, so that bids for low values, far below the
   * bulk, still find steps. Prices that nearly never or nearly always win don't count by price, and
   * a gap counts as a quarter of a unit at most, so that tails and outliers take no steps away.
   *
   * @param most at least 2
   */
  StepLandscape thinned(int most) {
    int size = prices.length;
    if (size <= most) {
      return this;
    }
    double[] logs = new double[size];
    for (int i = 1; i < size; i++) {
      logs[i] = logs[i - 1] + logGap(i);
    }
    double range = logs[size - 1];
    double rise = probabilities[size - 1] - probabilities[0];
    double[] keptPrices = new double[most];
    double[] keptProbabilities = new double[most];
    int kept = 0;
    double stretch = 0;
    for (int i = 0; i < size; i++) {
      double byRise = rise > 0 ? (probabilities[i] - probabilities[0]) / rise : 0;
      double byPrice = range > 0 ? logs[i] / range : 0;
      // 0 for the first step, most - 1 for the last; of each stretch the first step stays, which is
      // the cheapest with its probability.
      double measure = (byRise + byPrice) / (rise > 0 && range > 0 ? 2 : 1) * (most - 1);
      if (measure >= stretch || i == size - 1) {
        int at = Math.min(kept, most - 1);
        keptPrices[at] = prices[i];
        keptProbabilities[at] = probabilities[i];
        kept = at + 1;
        stretch = Math.floor(measure) + 1;
      }
    }
    return new StepLandscape(
        Arrays.copyOf(keptPrices, kept), Arrays.copyOf(keptProbabilities, kept));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORM);
    out.writeInt(prices.length);
    for (int i = 0; i < prices.length; i++) {
      out.writeDouble(prices[i]);
      out.writeDouble(probabilities[i]);
    }
  }

  /** Reads what {@link #write} wrote after the first byte. */
  static StepLandscape readBody(DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST_POINTS) {
      throw new IOException("found a landscape of " + size + " points");
    }
    double[] prices = new double[size];
    double[] probabilities = new double[size];
    for (int i = 0; i < size; i++) {
      prices[i] = in.readDouble();
      probabilities[i] = in.readDouble();
    }
    try {
      return of(prices, probabilities);
    } catch (IllegalArgumentException e) {
      throw new IOException("found no landscape: " + e.getMessage(), e);
    }
  }

  /** The last step whose price is at most {@code bid}, or -1. */
  private int lastAtMost(double bid) {
    int low = 0;
    int high = prices.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (prices[middle] <= bid) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  private double logGap(int step) {
    if (probabilities[step] < SELDOM || probabilities[step - 1] > 1 - SELDOM) {
      return 0;
    }
    double gap = StrictMath.log(prices[step] / prices[step - 1]);
    return Math.min(WIDEST_LOG_GAP, gap);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepLandscape that
        && Arrays.equals(prices, that.prices)
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(prices) + Arrays.hashCode(probabilities);
  }

  @Override
  public String toString() {
    return "StepLandscape" + points();
  }
}
