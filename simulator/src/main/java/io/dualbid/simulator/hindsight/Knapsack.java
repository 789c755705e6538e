package io.dualbid.simulator.hindsight;

/**
 * The best that one campaign could have done, knowing all its auctions: the fractional knapsack
 *
 * <pre>  max Σ gain·x   subject to   Σ cost·x ≤ budget,  0 ≤ x ≤ 1</pre>
 *
 * <p>and, for a campaign that asks for a return on spend, {@code Σ (worth − cost)·x ≥ 0} as well,
 * where {@code worth = value / target}. Both constraints set a threshold on gain per cost, so one
 * pass solves it exactly: auctions are taken in falling order of that ratio until either the budget
 * is met or the slack of the return is used up, the last one in part. Its ratio r gives the prices:
 * μ = r where the budget binds, λ = r / (1 − r) where the return does (then r &lt; 1), and 0 for
 * what does not bind. Equal to the LP.
 *
 * <p>Auctions without gain are left out; free ones come first; ties go by index. O(n).
 */
public final class Knapsack {
  /** What keeps a campaign from having more. */
  public enum Binding {
    /** Nothing: it has every auction with a gain. */
    NONE,
    BUDGET,
    /** Return on spend. */
    ROS
  }

  private final double[] ratio;
  private final double[] cost;
  private final double budget;
  private final double[] taken;
  private double value;
  private double spend;
  private Binding binding = Binding.NONE;
  private double marginalRatio;

  /** Puts the auctions' ratios ready; {@code -1} for those without gain. */
  private Knapsack(double[] worth, double[] cost, double budget) {
    if (worth.length != cost.length) {
      throw new IllegalArgumentException(
          "as many gains as costs: " + worth.length + ", " + cost.length);
    }
    if (!(budget >= 0)) {
      throw new IllegalArgumentException("budget must be >= 0: " + budget);
    }
    this.cost = cost;
    this.budget = budget;
    this.taken = new double[cost.length];
    this.ratio = new double[cost.length];
    for (int i = 0; i < cost.length; i++) {
      if (!(cost[i] >= 0)) {
        throw new IllegalArgumentException("cost must be >= 0: auction " + i + ", " + cost[i]);
      }
      ratio[i] = worth[i] > 0 ? (cost[i] > 0 ? worth[i] / cost[i] : Double.POSITIVE_INFINITY) : -1;
    }
  }

  /**
   * Solves an instance with a budget alone.
   *
   * @param gain gain of each auction; those of 0 or less are never taken
   * @param cost cost of each, at least 0, in the unit of the budget
   * @param budget at least 0; infinity for none
   */
  public static Knapsack solve(double[] gain, double[] cost, double budget) {
    Knapsack knapsack = new Knapsack(gain, cost, budget);
    knapsack.take(gain, gain, Double.POSITIVE_INFINITY);
    return knapsack;
  }

  /**
   * Solves an instance with a target for the return on spend, and a budget.
   *
   * @param value value of each auction, in the unit of the cost
   * @param cost cost of each, at least 0
   * @param target least value per unit of spend, above 0
   * @param budget at least 0; infinity for none
   */
  public static Knapsack solve(double[] value, double[] cost, double target, double budget) {
    if (!(target > 0) || Double.isInfinite(target)) {
      throw new IllegalArgumentException("target must be > 0: " + target);
    }
    double[] worth = new double[value.length];
    for (int i = 0; i < worth.length; i++) {
      worth[i] = value[i] / target;
    }
    Knapsack knapsack = new Knapsack(worth, cost, budget);
    knapsack.take(value, worth, 0);
    return knapsack;
  }

  private void take(double[] gain, double[] worth, double firstSlack) {
    double left = budget;
    double slack = firstSlack;
    for (int i : FallingOrder.of(ratio)) {
      double affordable = cost[i] > left ? left / cost[i] : 1;
      double loss = cost[i] - worth[i];
      double returning = loss > slack ? Math.max(0, slack) / loss : 1;
      double share = Math.min(affordable, returning);
      taken[i] = share;
      value += gain[i] * share;
      spend += cost[i] * share;
      if (share < 1) {
        binding = affordable <= returning ? Binding.BUDGET : Binding.ROS;
        marginalRatio = ratio[i];
        break;
      }
      left -= cost[i];
      slack -= loss;
    }
    spend = binding == Binding.BUDGET ? budget : Math.min(spend, budget);
  }

  /** The greatest gain. */
  public double value() {
    return value;
  }

  /** What it costs. */
  public double spend() {
    return spend;
  }

  /** Which constraint keeps it from more. */
  public Binding binding() {
    return binding;
  }

  /** The shadow price of the budget, μ*: worth per unit of money. */
  public double shadowPrice() {
    return binding == Binding.BUDGET ? marginalRatio : 0;
  }

  /** The shadow price of the return on spend, λ*: worth per unit of slack. */
  public double returnPrice() {
    return binding == Binding.ROS ? marginalRatio / (1 - marginalRatio) : 0;
  }

  /**
   * What to multiply worth by to bid as the optimum does, (1 + λ) / (λ + μ), the inverse of the
   * marginal ratio; infinity where nothing binds.
   */
  public double multiplier() {
    return 1 / marginalRatio;
  }

  /**
   * What auctions of exactly the marginal ratio cost, as a share of the spend. The optimum may
   * split them; a fixed multiplier wants all or none, so a large share explains why it falls
   * behind.
   */
  public double tieShare() {
    if (binding == Binding.NONE || spend == 0) {
      return 0;
    }
    double tied = 0;
    for (int i = 0; i < cost.length; i++) {
      if (ratio[i] == marginalRatio) {
        tied += cost[i];
      }
    }
    return tied / spend;
  }

  /** All of this but the shares, with which the auctions need not be kept. */
  public KnapsackOptimum optimum() {
    return new KnapsackOptimum(value, spend, binding, marginalRatio, tieShare());
  }

  /** The share taken of auction {@code i}. */
  public double taken(int i) {
    return taken[i];
  }

  /** The shares taken of all auctions; a copy. */
  public double[] taken() {
    return taken.clone();
  }
}
