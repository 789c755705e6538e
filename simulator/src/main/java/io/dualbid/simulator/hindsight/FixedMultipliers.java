package io.dualbid.simulator.hindsight;

import java.util.Arrays;

/**
 * What one multiplier k, kept from the first auction to the last, would have brought: bids are
 * {@code min(k · value, money left)} and win at the competing price or above.
 *
 * <p>The best one is the measure of every policy that may adapt. What k wins changes only at the
 * ratios price / value, but neither rises nor falls throughout once money runs out, since the order
 * of auctions then counts. So short logs try every ratio, O(n²), and long ones a geometric grid of
 * {@value #GRID} over their range, which is a lower bound of the best. Multipliers are nudged up by
 * 10⁻¹², so that rounding loses no auction at its own ratio; of equal ones the smallest counts.
 * Never more than the {@link Knapsack}.
 */
public final class FixedMultipliers {
  /** Steps of the grid on long logs. */
  static final int GRID = 400;

  /** Logs with more auctions than this are searched by the grid. */
  static final int LONGEST_EXACT = 4_000;

  private static final double NUDGE = 1 + 1e-12;

  private final double[] value;
  private final double[] price;
  private final double budget;
  private final double target;
  private final boolean firstPrice;
  private final boolean profit;

  private FixedMultipliers(
      double[] value,
      double[] price,
      double budget,
      double target,
      boolean firstPrice,
      boolean profit) {
    if (value.length != price.length) {
      throw new IllegalArgumentException(
          "as many values as prices: " + value.length + ", " + price.length);
    }
    this.value = value;
    this.price = price;
    this.budget = budget;
    this.target = target;
    this.firstPrice = firstPrice;
    this.profit = profit;
  }

  /**
   * Second-price auctions, played for value.
   *
   * @param value value of each auction
   * @param price its highest competing bid, at least 0
   * @param budget at least 0; infinity for none
   */
  public FixedMultipliers(double[] value, double[] price, double budget) {
    this(value, price, budget, 0, false, false);
  }

  /** The same, admitting only multipliers with at least this value per unit of spend. */
  public FixedMultipliers withTarget(double leastReturn) {
    return new FixedMultipliers(value, price, budget, leastReturn, firstPrice, profit);
  }

  /** The same auctions, where a win costs the bid. */
  public FixedMultipliers atFirstPrice() {
    return new FixedMultipliers(value, price, budget, target, true, profit);
  }

  /** The same auctions, played for value less cost. */
  public FixedMultipliers forProfit() {
    return new FixedMultipliers(value, price, budget, target, firstPrice, true);
  }

  /**
   * What a multiplier brings.
   *
   * @param multiplier bid per unit of value
   * @param gain value won, less its cost where profit counts
   * @param spend what it costs
   * @param wins auctions won
   * @param returning whether the value meets the target for the return on spend
   */
  public record Outcome(
      double multiplier, double gain, double spend, long wins, boolean returning) {}

  /** Plays one multiplier. */
  public Outcome at(double multiplier) {
    double left = budget;
    double won = 0;
    double spend = 0;
    long wins = 0;
    for (int i = 0; i < value.length; i++) {
      double bid = Math.min(multiplier * value[i], left);
      if (bid > 0 && value[i] > 0 && bid >= price[i]) {
        double cost = firstPrice ? bid : price[i];
        won += value[i];
        spend += cost;
        left -= cost;
        wins++;
      }
    }
    return new Outcome(multiplier, profit ? won - spend : won, spend, wins, won >= target * spend);
  }

  /**
   * The best one.
   *
   * @return its outcome; multiplier and gain 0 where none brings anything
   */
  public Outcome best() {
    Outcome best = new Outcome(0, 0, 0, 0, true);
    for (double candidate : candidates()) {
      Outcome outcome = at(candidate * NUDGE);
      if (outcome.returning
          && outcome.gain > best.gain + 1e-12 * Math.max(1, Math.abs(best.gain))) {
        best = outcome;
      }
    }
    return best;
  }

  private double[] candidates() {
    double[] ratios = new double[value.length];
    int count = 0;
    boolean free = false;
    for (int i = 0; i < value.length; i++) {
      if (value[i] > 0) {
        if (price[i] > 0) {
          ratios[count++] = price[i] / value[i];
        } else {
          free = true;
        }
      }
    }
    if (count == 0) {
      // Whatever is won for nothing needs only a bid above 0.
      return free ? new double[] {1} : new double[0];
    }
    ratios = Arrays.copyOf(ratios, count);
    Arrays.sort(ratios);
    return count <= LONGEST_EXACT ? distinct(ratios) : grid(ratios[0], ratios[count - 1]);
  }

  private static double[] distinct(double[] sorted) {
    int count = 1;
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] != sorted[count - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  private static double[] grid(double least, double greatest) {
    double[] grid = new double[GRID];
    double logStep = Math.log(greatest / least) / (GRID - 1);
    for (int i = 0; i < GRID; i++) {
      grid[i] = least * Math.exp(i * logStep);
    }
    return grid;
  }
}
