package io.dualbid.core.engine;

import io.dualbid.core.model.Hash;
import io.dualbid.core.targeting.Candidates;
import java.util.Arrays;

/**
 * The order in which candidates are looked at: by the most that each could be ranked at, highest
 * first. What a campaign targets, holds in leases and is blocked by lies scattered in memory, and
 * reading it is what a decision costs; the few numbers of a {@link #set} lie side by side. So as
 * soon as one candidate ranks above what the next could reach, the others need not be read.
 *
 * <p>A campaign ranks by its bid times a factor between 1 - spread and 1, a function of (request,
 * campaign). Campaigns that like the same requests would otherwise take all of them in turn, each
 * until its multiplier has risen above the others', and none could hold its plan.
 *
 * <p>O(n log n) for n candidates, no allocation but for growth. Not thread safe.
 */
final class Ranking {
  private static final int STRIDE = 6;
  private static final int VALUE_PER_CLICK = 0;
  private static final int CLICK_RATE = 1;
  private static final int FACTOR = 2;
  private static final int HIGHEST = 3;
  private static final int KEY = 4;
  private static final int SPREAD = 5;

  /** Room for rounding between the most that is reckoned here and the bid itself. */
  private static final double ROUNDING = 1 + 1e-9;

  /** Doubles as their bits, and the key of the campaign: {@link #STRIDE} a slot. */
  private long[] numbers = new long[16 * STRIDE];

  private long[] order = new long[16];
  private double[] factors = new double[16];

  /**
   * What is to be known of the campaign in a slot.
   *
   * @param campaignKey a hash of its id
   * @param factor what its bidding rule makes of a value of 1; at least 0, may be infinite
   * @param highestNanos its highest bid
   * @param spread by how much of its bid it may fall behind, in [0, 1)
   */
  void set(
      int slot,
      long campaignKey,
      double valuePerClick,
      double clickRate,
      double factor,
      long highestNanos,
      double spread) {
    int at = slot * STRIDE;
    if (at >= numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(slot + 1, 2 * numbers.length / STRIDE) * STRIDE);
    }
    numbers[at + VALUE_PER_CLICK] = Double.doubleToLongBits(valuePerClick);
    numbers[at + CLICK_RATE] = Double.doubleToLongBits(clickRate);
    numbers[at + FACTOR] = Double.doubleToLongBits(factor);
    numbers[at + HIGHEST] = Double.doubleToLongBits((double) highestNanos);
    numbers[at + KEY] = campaignKey;
    numbers[at + SPREAD] = Double.doubleToLongBits(spread);
  }

  private double number(int at) {
    return Double.longBitsToDouble(numbers[at]);
  }

  /**
   * Orders candidates.
   *
   * @param clickRate what the impression predicts, or NaN
   * @param requestKey tells requests apart
   */
  void order(Candidates candidates, double clickRate, long requestKey) {
    int count = candidates.size();
    if (count > order.length) {
      order = new long[2 * count];
      factors = new double[2 * count];
    }
    for (int i = 0; i < count; i++) {
      int at = candidates.slot(i) * STRIDE;
      double rate = Double.isNaN(clickRate) ? number(at + CLICK_RATE) : clickRate;
      double bid = number(at + VALUE_PER_CLICK) * rate * number(at + FACTOR) * 1e9 * ROUNDING;
      double factor = factor(number(at + SPREAD), requestKey, numbers[at + KEY]);
      factors[i] = factor;
      // NaN, of no value at an infinite factor, ranks last.
      double most = bid >= 0 ? Math.min(bid, number(at + HIGHEST)) * factor : 0;
      // Floats of 0 and above sort as their bits; rounded up, so that it remains the most.
      int bits = Float.floatToRawIntBits(Math.nextUp((float) most));
      order[i] = (long) bits << 32 | i;
    }
    Arrays.sort(order, 0, count);
  }

  /**
   * By how much the bid of a campaign counts in the ranking of a request, above 0 and at most 1.
   */
  static double factor(double spread, long requestKey, long campaignKey) {
    return spread == 0 ? 1 : 1 - spread * Hash.unit(Hash.mix(requestKey ^ campaignKey));
  }

  /** The candidate at {@code place}, from 0 for the last; its index among the candidates. */
  int at(int place) {
    return (int) order[place];
  }

  /** The most that the candidate at {@code place} can rank at. */
  double mostAt(int place) {
    return Float.intBitsToFloat((int) (order[place] >>> 32));
  }

  /** The factor of a candidate's bid, by its index among the candidates. */
  double factor(int candidate) {
    return factors[candidate];
  }
}
