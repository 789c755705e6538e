package io.dualbid.simulator.hindsight;

import java.util.Arrays;

/**
 * What one multiplier k, kept from the first auction to the last, would have brought: bids are
 * {@code min(k · value, money left)} and win at the competing price or above.
 *
 * <p>The best one is the measure of every policy that may adapt. What k wins changes only at the
 * ratios price / value, but neither rises nor falls throughout once money runs out, since the order
 * of auctions then counts. So short logs try every ratio, O(n²), and long ones a geometric grid of
 * {@value #GRID} over their range and another between the neighbours of its best, which gives a
 * lower bound. Multipliers are nudged up by 10⁻¹², so that rounding loses no auction at its own
 * ratio; of equal ones the smallest counts. Never more than the {@link Knapsack}.
 */
public final class FixedMultipliers {
  /** Steps of the grid on long logs. */
  static final int GRID = 400;

  /** Logs with more auctions than this are searched by the grid. */
  static final int LONGEST_EXACT = 4_000;

  private static final double NUDGE = 1 + 1e-12;

  private final double[] value;
  private final double[] price;
  private final Rules rules;

  /**
   * How the auctions are played.
   *
   * @param budget money to spend, at least 0; infinity for none
   * @param episode the money is set back after so many auctions; 0 for never
   * @param maxBid highest bid; infinity for none
   * @param target least value per unit of spend; 0 for none
   * @param firstPrice whether a win costs the bid and not the competing price
   * @param profit whether value less cost counts and not value
   */
  public record Rules(
      double budget,
      int episode,
      double maxBid,
      double target,
      boolean firstPrice,
      boolean profit) {
    public Rules {
      if (!(budget >= 0) || episode < 0 || !(maxBid > 0) || !(target >= 0)) {
        throw new IllegalArgumentException(
            "rules out of range: " + budget + ", " + episode + ", " + maxBid + ", " + target);
      }
    }

    /** Second-price auctions for value, with one budget. */
    public static Rules of(double budget) {
      return new Rules(budget, 0, Double.POSITIVE_INFINITY, 0, false, false);
    }

    /** The same with a budget that is set back. */
    public Rules inEpisodesOf(int auctions) {
      return new Rules(budget, auctions, maxBid, target, firstPrice, profit);
    }

    /** The same with a highest bid. */
    public Rules upTo(double bid) {
      return new Rules(budget, episode, bid, target, firstPrice, profit);
    }

    /** The same, admitting only multipliers with at least this return on spend. */
    public Rules returning(double least) {
      return new Rules(budget, episode, maxBid, least, firstPrice, profit);
    }

    /** The same where a win costs the bid. */
    public Rules atFirstPrice() {
      return new Rules(budget, episode, maxBid, target, true, profit);
    }

    /** The same where value less cost counts. */
    public Rules forProfit() {
      return new Rules(budget, episode, maxBid, target, firstPrice, true);
    }
  }

  /**
   * Auctions to play.
   *
   * @param value value of each auction
   * @param price its highest competing bid, at least 0
   */
  public FixedMultipliers(double[] value, double[] price, Rules rules) {
    if (value.length != price.length) {
      throw new IllegalArgumentException(
          "as many values as prices: " + value.length + ", " + price.length);
    }
    this.value = value;
    this.price = price;
    this.rules = rules;
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
    double left = rules.budget;
    double won = 0;
    double spend = 0;
    long wins = 0;
    for (int i = 0; i < value.length; i++) {
      if (rules.episode > 0 && i % rules.episode == 0) {
        left = rules.budget;
      }
      double bid = Math.min(Math.min(multiplier * value[i], rules.maxBid), left);
      if (bid > 0 && value[i] > 0 && bid >= price[i]) {
        double cost = rules.firstPrice ? bid : price[i];
        won += value[i];
        spend += cost;
        left -= cost;
        wins++;
      }
    }
    return new Outcome(
        multiplier, rules.profit ? won - spend : won, spend, wins, won >= rules.target * spend);
  }

  /**
   * The best one.
   *
   * @return its outcome; multiplier and gain 0 where none brings anything
   */
  public Outcome best() {
    double[] candidates = ratios();
    if (candidates.length <= LONGEST_EXACT) {
      return best(candidates);
    }
    double least = candidates[0];
    double greatest = candidates[candidates.length - 1];
    Outcome coarse = best(grid(least, greatest));
    double step = Math.pow(greatest / least, 1.0 / (GRID - 1));
    Outcome fine = best(grid(coarse.multiplier / step, coarse.multiplier * step));
    return fine.gain > coarse.gain ? fine : coarse;
  }

  private Outcome best(double[] candidates) {
    Outcome best = new Outcome(0, 0, 0, 0, true);
    for (double candidate : candidates) {
      Outcome outcome = at(candidate * NUDGE);
      if (outcome.returning
          && outcome.gain > best.gain + 1e-12 * Math.max(1, Math.abs(best.gain))) {
        best = outcome;
      }
    }
    return best;
  }

  /** The distinct ratios price / value, rising. */
  private double[] ratios() {
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
    return distinct(ratios);
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
    if (!(least > 0)) {
      return new double[0];
    }
    double[] grid = new double[GRID];
    double logStep = Math.log(greatest / least) / (GRID - 1);
    for (int i = 0; i < GRID; i++) {
      grid[i] = i == GRID - 1 ? greatest : least * Math.exp(i * logStep);
    }
    return grid;
  }
}
