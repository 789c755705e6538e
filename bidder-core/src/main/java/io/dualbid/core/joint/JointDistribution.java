package io.dualbid.core.joint;

import java.util.Arrays;

/**
 * How click rates and whole market prices are spread together: weights of auctions by price and by
 * {@link RateScale group} of click rates, each group standing for the mean rate of what is in it.
 *
 * <p>Filled by {@link #add}; not thread safe while it is. About 1.8 MB for prices up to 300.
 */
public final class JointDistribution {
  private final int highestPrice;
  private final double[] weights;
  private final double[] rates;
  private final double[] groupWeights = new double[RateScale.GROUPS];
  private final double[] groupRates = new double[RateScale.GROUPS];
  private double total;

  /**
   * Nothing known yet.
   *
   * @param highestPrice greatest price that can be won, at least 0; dearer auctions only count as
   *     lost
   */
  public JointDistribution(int highestPrice) {
    if (highestPrice < 0) {
      throw new IllegalArgumentException("highest price must be >= 0: " + highestPrice);
    }
    this.highestPrice = highestPrice;
    this.weights = new double[(highestPrice + 1) * RateScale.GROUPS];
    this.rates = new double[weights.length];
  }

  /**
   * Adds auctions of this kind.
   *
   * @param price market price, at least 0
   * @param clickRate predicted click rate, at least 0
   * @param weight how many, at least 0
   */
  public void add(int price, double clickRate, double weight) {
    if (price < 0 || !(clickRate >= 0) || !(weight >= 0)) {
      throw new IllegalArgumentException(
          "need price, click rate and weight >= 0: " + price + ", " + clickRate + ", " + weight);
    }
    int group = RateScale.group(clickRate);
    total += weight;
    groupWeights[group] += weight;
    groupRates[group] += weight * clickRate;
    if (price <= highestPrice) {
      weights[at(price, group)] += weight;
      rates[at(price, group)] += weight * clickRate;
    }
  }

  /**
   * Adds auctions whose prices are those of a histogram, whatever their click rate, and whose click
   * rates are spread as those already here.
   *
   * @param counts auctions at each price from 0
   * @param weight how many auctions to add in all, at least 0
   */
  public void addIndependent(long[] counts, double weight) {
    double counted = 0;
    for (long count : counts) {
      counted += count;
    }
    if (!(weight >= 0) || counted == 0 || total == 0) {
      throw new IllegalArgumentException(
          "need weight >= 0, a price and a click rate: " + weight + ", " + counted + ", " + total);
    }
    for (int price = 0; price < counts.length && price <= highestPrice; price++) {
      double share = weight * counts[price] / counted / total;
      for (int group = 0; share > 0 && group < RateScale.GROUPS; group++) {
        weights[at(price, group)] += share * groupWeights[group];
        rates[at(price, group)] += share * groupRates[group];
      }
    }
    double grown = 1 + weight / total;
    for (int group = 0; group < RateScale.GROUPS; group++) {
      groupWeights[group] *= grown;
      groupRates[group] *= grown;
    }
    total += weight;
  }

  /** Greatest price that can be won. */
  public int highestPrice() {
    return highestPrice;
  }

  /** Number of auctions, those too dear to be won among them. */
  public double total() {
    return total;
  }

  /** Weight of a price and group. */
  double weight(int price, int group) {
    return weights[at(price, group)];
  }

  /** Sum of click rates of a price and group. */
  double rates(int price, int group) {
    return rates[at(price, group)];
  }

  private static int at(int price, int group) {
    return price * RateScale.GROUPS + group;
  }

  /** The lowest group that has anything in it; 0 where none has. */
  int lowestGroup() {
    int group = 0;
    while (group < RateScale.GROUPS - 1 && !(groupWeights[group] > 0)) {
      group++;
    }
    return groupWeights[group] > 0 ? group : 0;
  }

  /** The highest group that has anything in it; 0 where none has. */
  int highestGroup() {
    int group = RateScale.GROUPS - 1;
    while (group > 0 && !(groupWeights[group] > 0)) {
      group--;
    }
    return group;
  }

  /** The highest click rate that a group stands for at any price; 0 where there is none. */
  double highestRate() {
    double highest = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        highest = Math.max(highest, rates[i] / weights[i]);
      }
    }
    return highest;
  }

  @Override
  public String toString() {
    return "JointDistribution[" + total + " auctions, " + Arrays.stream(rates).sum() + " clicks]";
  }
}
