package io.dualbid.simulator.hindsight;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What one multiplier k, kept from the first auction to the last, would have brought: bids are
 * {@code min(k · value, money left)} and win at the competing price or above.
 *
 * <p>The best one is the measure of every policy that may adapt. An auction is won if {@code k ≥
 * price / value} and the money left is the price or more. So at second price what k wins changes
 * only at the ratios price / value, and a ratio itself belongs to what is above it: there the bid
 * equals the price, and wins. But gain neither rises nor falls throughout once money runs out,
 * since the order of auctions then counts. So short logs try every ratio, O(n²), which is exact at
 * second price; and long ones a geometric grid of {@value #GRID} over their range and another
 * between the neighbours of its best, which gives a lower bound. At first price, where k changes
 * what is paid, ratios give a lower bound too. Of equal ones the smallest counts. Never more than
 * the {@link Knapsack}.
 *
 * <p>Amounts are decimals that doubles only come near: 0.7 - 0.25 - 0.25 is less than 0.2. So a bid
 * equals a price, and money left is enough for it, if it is short of it by 10⁻¹² (of the price, or
 * of the budget) at most; what is paid is never more than what is left.
 */
public final class FixedMultipliers {
  /** Steps of the grid on long logs. */
  static final int GRID = 400;

  /** Logs with more auctions than this are searched by the grid. */
  static final int LONGEST_EXACT = 4_000;

  private static final double ROUNDING = 1e-12;

  private final AuctionPasses auctions;
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
    this(AuctionPasses.of(value, price), rules);
  }

  /** Auctions to play. */
  public FixedMultipliers(AuctionPasses auctions, Rules rules) {
    this.auctions = auctions;
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
    return at(new double[] {multiplier})[0];
  }

  /** Plays rising multipliers side by side, in one pass. */
  private Outcome[] at(double[] multipliers) {
    int count = multipliers.length;
    double[] left = new double[count];
    double[] won = new double[count];
    double[] spend = new double[count];
    long[] wins = new long[count];
    Arrays.fill(left, rules.budget);
    double allowed = Double.isInfinite(rules.budget) ? 0 : ROUNDING * rules.budget;
    AuctionPasses.Pass pass = auctions.pass();
    int played = 0;
    while (pass.next()) {
      if (rules.episode > 0 && played++ == rules.episode) {
        Arrays.fill(left, rules.budget);
        played = 1;
      }
      double value = pass.value();
      double price = pass.price();
      if (!(value > 0)) {
        continue;
      }
      for (int k = firstReaching(price, value, multipliers); k < count; k++) {
        double bid = Math.min(multipliers[k] * value, rules.maxBid);
        if (bid > 0 && left[k] > allowed && reaches(bid, price) && price <= left[k] + allowed) {
          double cost = Math.min(left[k], rules.firstPrice ? Math.max(bid, price) : price);
          won[k] += value;
          spend[k] += cost;
          left[k] -= cost;
          wins[k]++;
        }
      }
    }
    Outcome[] outcomes = new Outcome[count];
    for (int k = 0; k < count; k++) {
      outcomes[k] =
          new Outcome(
              multipliers[k],
              rules.profit ? won[k] - spend[k] : won[k],
              spend[k],
              wins[k],
              won[k] >= rules.target * spend[k]);
    }
    return outcomes;
  }

  private static boolean reaches(double bid, double price) {
    return bid >= price * (1 - ROUNDING);
  }

  /** Index of the first of rising multipliers whose bid, but for its limits, reaches a price. */
  private static int firstReaching(double price, double value, double[] multipliers) {
    int from = 0;
    int to = multipliers.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (reaches(multipliers[middle] * value, price)) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /**
   * The best one.
   *
   * @return its outcome; multiplier and gain 0 where none brings anything
   */
  public Outcome best() {
    Ratios ratios = new Ratios();
    if (ratios.exact != null) {
      return best(ratios.rising(ratios.exact));
    }
    double least = ratios.least;
    double greatest = ratios.greatest;
    Outcome coarse = best(grid(least, greatest));
    double step = Math.pow(greatest / least, 1.0 / (GRID - 1));
    Outcome fine = best(grid(coarse.multiplier / step, coarse.multiplier * step));
    Outcome better = fine.gain > coarse.gain ? fine : coarse;
    Outcome free = best(ratios.free ? new double[] {least / 2} : new double[0]);
    return free.gain > better.gain ? free : better;
  }

  private Outcome best(double[] candidates) {
    Outcome best = new Outcome(0, 0, 0, 0, true);
    for (Outcome outcome : at(candidates)) {
      if (outcome.returning
          && outcome.gain > best.gain + 1e-12 * Math.max(1, Math.abs(best.gain))) {
        best = outcome;
      }
    }
    return best;
  }

  /** The ratios price / value; all of them only where they are few. */
  private final class Ratios {
    private @Nullable Set<Double> exact = new HashSet<>();
    private double least = Double.POSITIVE_INFINITY;
    private double greatest;
    private boolean free;

    Ratios() {
      AuctionPasses.Pass pass = auctions.pass();
      while (pass.next()) {
        double value = pass.value();
        double price = pass.price();
        if (value > 0 && price > 0) {
          add(price / value);
        } else if (value > 0) {
          free = true;
        }
      }
    }

    private void add(double ratio) {
      least = Math.min(least, ratio);
      greatest = Math.max(greatest, ratio);
      Set<Double> all = exact;
      if (all != null && all.add(ratio) && all.size() > LONGEST_EXACT) {
        exact = null;
      }
    }

    private double[] rising(Set<Double> all) {
      if (all.isEmpty()) {
        // Whatever is won for nothing needs only a bid above 0.
        return free ? new double[] {1} : new double[0];
      }
      // Below all ratios only what is free is won, with all the money left.
      DoubleStream below = free ? DoubleStream.of(least / 2) : DoubleStream.empty();
      return DoubleStream.concat(below, all.stream().mapToDouble(Double::doubleValue))
          .sorted()
          .toArray();
    }
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
