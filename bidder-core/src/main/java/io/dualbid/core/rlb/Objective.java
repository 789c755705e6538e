package io.dualbid.core.rlb;

/**
 * What a win is worth: {@code clickWeight · θ - costWeight · price}, and later auctions less by a
 * factor for each.
 *
 * @param meanClickRate θ_avg, the click rate expected of auctions to come, at least 0
 * @param clickWeight v1, at least 0
 * @param costWeight v0, at least 0
 * @param discount γ, above 0 and at most 1
 */
public record Objective(
    double meanClickRate, double clickWeight, double costWeight, double discount) {
  public Objective {
    if (!(meanClickRate >= 0 && clickWeight >= 0 && costWeight >= 0)) {
      throw new IllegalArgumentException(
          "need click rate and weights >= 0: "
              + meanClickRate
              + ", "
              + clickWeight
              + ", "
              + costWeight);
    }
    if (!(discount > 0 && discount <= 1)) {
      throw new IllegalArgumentException("need 0 < discount <= 1: " + discount);
    }
  }

  /** Most clicks for the budget. */
  public static Objective clicks(double meanClickRate) {
    return new Objective(meanClickRate, 1, 0, 1);
  }

  /**
   * Most profit: a click earns {@code clickValue} units of the log and each unit spent costs one.
   */
  public static Objective profit(double meanClickRate, double clickValue) {
    return new Objective(meanClickRate, clickValue, 1, 1);
  }

  /** What a win of average click rate earns before its price, v1·θ_avg. */
  double meanGain() {
    return clickWeight * meanClickRate;
  }
}
