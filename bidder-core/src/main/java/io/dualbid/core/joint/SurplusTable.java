package io.dualbid.core.joint;

/**
 * What an auction earns beyond the worth of its money: {@code E[(θ - x)+ ; price is u steps]} for
 * each whole number u of budget steps and any worth x ≥ 0 of the money. A price between two steps
 * is taken for the one or the other with the chances that leave its mean as it is.
 *
 * <p>Exact for the groups of the distribution: with the rates of groups above the one of x all
 * above x and those below it below, only the group of x is in doubt, and the greater of counting it
 * and not counting it is right.
 */
final class SurplusTable {
  private final double[] sums;
  private final int steps;
  private final int lowest;
  private final int groups;
  private final int row;
  private final double highestRate;
  private final double meanRate;

  /** Of one auction drawn from {@code market}, whose total must be above 0. */
  SurplusTable(JointDistribution market, double step) {
    if (!(market.total() > 0 && step >= 1)) {
      throw new IllegalArgumentException(
          "need an auction and step >= 1: " + market.total() + ", " + step);
    }
    steps = (int) Math.ceil(market.highestPrice() / step);
    lowest = market.lowestGroup();
    groups = market.highestGroup() - lowest + 1;
    row = 2 * (groups + 1);
    sums = new double[(steps + 2) * row];
    for (int price = 0; price <= market.highestPrice(); price++) {
      int below = (int) (price / step);
      double part = price / step - below;
      for (int group = 0; group < groups; group++) {
        double weight = market.weight(price, lowest + group) / market.total();
        double rates = market.rates(price, lowest + group) / market.total();
        add(below, group, weight * (1 - part), rates * (1 - part));
        add(below + 1, group, weight * part, rates * part);
      }
    }
    meanRate = accumulate();
    highestRate = market.highestRate();
  }

  private void add(int u, int group, double weight, double rates) {
    sums[u * row + 2 * group] += weight;
    sums[u * row + 2 * group + 1] += rates;
  }

  /** From each group to it and all above; answers the rates of all. */
  private double accumulate() {
    double all = 0;
    for (int u = 0; u <= steps; u++) {
      for (int group = groups - 1; group >= 0; group--) {
        int at = u * row + 2 * group;
        sums[at] += sums[at + 2];
        sums[at + 1] += sums[at + 3];
      }
      all += sums[u * row + 1];
    }
    return all;
  }

  /** The highest price in steps. */
  int steps() {
    return steps;
  }

  /** What an auction earns when money has no end. */
  double meanRate() {
    return meanRate;
  }

  /** The worth of money from which on nothing earns more. */
  double highestRate() {
    return highestRate;
  }

  /**
   * The expected surplus of keeping {@code budget} steps or buying with them, after {@code kept}:
   * the sum over all prices that can be paid.
   *
   * @param kept V of the auctions after this one, for each number of steps
   */
  double surplus(double[] kept, int budget) {
    double here = kept[budget];
    double sum = 0;
    int furthest = Math.min(budget, steps);
    for (int u = 0, start = 0; u <= furthest; u++, start += row) {
      double worth = here - kept[budget - u];
      if (worth >= highestRate) {
        break;
      }
      // Groups lie in the order of their rates, and so do the bits of floats.
      int group = RateScale.unbounded(worth) - lowest;
      int at = start + 2 * (group < 0 ? 0 : group < groups ? group : groups - 1);
      double with = sums[at + 1] - worth * sums[at];
      double without = sums[at + 3] - worth * sums[at + 2];
      sum += with > without ? with : without;
    }
    return sum;
  }
}
