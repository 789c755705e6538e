package io.dualbid.simulator.log;

import java.util.Arrays;

/**
 * An arrival of an allocation log with its options, each with what it consumes. A buffer that is
 * filled anew for each row; it grows and never shrinks.
 *
 * <p>Flat columns: the entries of option {@code o} are {@code firstEntry(o)} up to {@code
 * firstEntry(o + 1)}.
 */
public final class AllocationRow {
  private long line;
  private double time = Double.NaN;
  private int options;
  private String[] campaign = new String[4];
  private double[] reward = new double[4];
  private double[] probability = new double[4];
  private int[] firstEntry = new int[5];
  private String[] resource = new String[4];
  private double[] amount = new double[4];

  void clear(long itsLine) {
    line = itsLine;
    time = Double.NaN;
    options = 0;
  }

  void time(double itsTime) {
    time = itsTime;
  }

  /** Begins an option, certain to succeed and consuming nothing so far. */
  void option() {
    if (options == campaign.length) {
      campaign = Arrays.copyOf(campaign, 2 * options);
      reward = Arrays.copyOf(reward, 2 * options);
      probability = Arrays.copyOf(probability, 2 * options);
      firstEntry = Arrays.copyOf(firstEntry, 2 * options + 1);
    }
    campaign[options] = "";
    reward[options] = Double.NaN;
    probability[options] = 1;
    options++;
    firstEntry[options] = firstEntry[options - 1];
  }

  /** Of the option begun last. */
  void campaign(String id) {
    campaign[options - 1] = id;
  }

  /** Of the option begun last. */
  void reward(double itsReward) {
    reward[options - 1] = itsReward;
  }

  /** Of the option begun last. */
  void probability(double itsProbability) {
    probability[options - 1] = itsProbability;
  }

  /** Lets the option begun last consume of a resource. */
  void consumes(String itsResource, double itsAmount) {
    int at = firstEntry[options];
    if (at == resource.length) {
      resource = Arrays.copyOf(resource, 2 * at);
      amount = Arrays.copyOf(amount, 2 * at);
    }
    resource[at] = itsResource;
    amount[at] = itsAmount;
    firstEntry[options] = at + 1;
  }

  /** Its line, from 1. */
  public long line() {
    return line;
  }

  /**
   * Its time in any unit, milliseconds since 1970 where it is ISO-8601; NaN where there is none.
   */
  public double time() {
    return time;
  }

  /** Number of options. */
  public int options() {
    return options;
  }

  /** The campaign of an option. */
  public String campaign(int option) {
    return campaign[option];
  }

  /** What a success of an option brings, finite. */
  public double reward(int option) {
    return reward[option];
  }

  /** How likely an option is to succeed, 0 to 1. */
  public double probability(int option) {
    return probability[option];
  }

  /** The first entry of an option, or the end of the last one's. */
  public int firstEntry(int option) {
    return firstEntry[option];
  }

  /** The resource of an entry, as the log calls it. */
  public String resource(int entry) {
    return resource[entry];
  }

  /** What a success takes of that resource, finite, at least 0. */
  public double amount(int entry) {
    return amount[entry];
  }
}
