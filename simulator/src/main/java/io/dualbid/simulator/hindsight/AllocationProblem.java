package io.dualbid.simulator.hindsight;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several campaigns on one stream, knowing all of it: each arrival is given to at most one of its
 * options, in parts if need be,
 *
 * <pre>
 *   max Σ reward[o]·x[o]   subject to   Σ amount[o][row]·x[o] ≤ capacity[row]   for every row,
 *                                       Σ x[o] ≤ 1 over the options of an arrival,  x ≥ 0
 * </pre>
 *
 * <p>A row is a campaign's budget, any other resource, or a return on spend, whose amounts are cost
 * less worth (negative where an auction earns slack) and whose capacity is 0. Any prices of the
 * rows bound the optimum from above ({@link #dualBound}).
 *
 * <p>Flat columns: the options of arrival {@code a} are {@code firstOption[a]} up to {@code
 * firstOption[a + 1]}, the entries of an option likewise. Read only once built.
 */
public final class AllocationProblem {
  final String[] rowNames;
  final double[] capacity;
  final int[] firstOption;
  final double[] reward;
  final int[] firstEntry;
  final int[] row;
  final double[] amount;

  private AllocationProblem(Builder builder) {
    rowNames = builder.rows.keySet().toArray(new String[0]);
    capacity = builder.rows.values().stream().mapToDouble(Row::capacity).toArray();
    firstOption = Arrays.copyOf(builder.firstOption, builder.arrivals + 1);
    firstOption[builder.arrivals] = builder.options;
    reward = Arrays.copyOf(builder.reward, builder.options);
    firstEntry = Arrays.copyOf(builder.firstEntry, builder.options + 1);
    firstEntry[builder.options] = builder.entries;
    row = Arrays.copyOf(builder.row, builder.entries);
    amount = Arrays.copyOf(builder.amount, builder.entries);
  }

  /** Number of arrivals. */
  public int arrivals() {
    return firstOption.length - 1;
  }

  /** Number of options of all arrivals. */
  public int options() {
    return reward.length;
  }

  /** Names of the rows, in the order of prices. */
  public List<String> rows() {
    return List.of(rowNames);
  }

  /** How much there is of a row. */
  public double capacity(int index) {
    return capacity[index];
  }

  /**
   * What prices of the rows prove: no feasible allocation brings more than {@code Σ capacity·price
   * + Σ max(0, best reward less the price of what it consumes)}.
   *
   * @param prices one for each row, at least 0
   */
  public double dualBound(double[] prices) {
    double bound = 0;
    for (int j = 0; j < capacity.length; j++) {
      bound += capacity[j] * prices[j];
    }
    for (int a = 0; a < arrivals(); a++) {
      double best = 0;
      for (int o = firstOption[a]; o < firstOption[a + 1]; o++) {
        best = Math.max(best, score(o, prices));
      }
      bound += best;
    }
    return bound;
  }

  /** The reward of an option less the price of what it consumes. */
  double score(int option, double[] prices) {
    double score = reward[option];
    for (int e = firstEntry[option]; e < firstEntry[option + 1]; e++) {
      score -= prices[row[e]] * amount[e];
    }
    return score;
  }

  private record Row(int index, double capacity) {}

  /** Collects a problem: rows first, then each arrival with its options. */
  public static final class Builder {
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int[] firstOption = new int[1024];
    private int arrivals;
    private double[] reward = new double[1024];
    private int[] firstEntry = new int[1024];
    private int options;
    private int[] row = new int[1024];
    private double[] amount = new double[1024];
    private int entries;

    /**
     * Adds a row.
     *
     * @param capacity at least 0
     * @return its index
     */
    public int row(String name, double capacity) {
      if (!(capacity >= 0) || Double.isInfinite(capacity)) {
        throw new IllegalArgumentException("capacity must be >= 0: " + name + ", " + capacity);
      }
      Row added = new Row(rows.size(), capacity);
      if (rows.putIfAbsent(name, added) != null) {
        throw new IllegalArgumentException("a row may be there once: " + name);
      }
      return added.index;
    }

    /** The index of a row, or -1. */
    public int indexOf(String name) {
      Row found = rows.get(name);
      return found == null ? -1 : found.index;
    }

    /** Begins an arrival; the options that follow are its own. */
    public Builder arrival() {
      if (arrivals + 1 == firstOption.length) {
        firstOption = Arrays.copyOf(firstOption, 2 * firstOption.length);
      }
      firstOption[arrivals++] = options;
      return this;
    }

    /** Begins an option; the amounts that follow are its own. */
    public Builder option(double itsReward) {
      if (arrivals == 0 || !Double.isFinite(itsReward)) {
        throw new IllegalArgumentException("an arrival and a finite reward: " + itsReward);
      }
      if (options + 1 == firstEntry.length) {
        firstEntry = Arrays.copyOf(firstEntry, 2 * firstEntry.length);
        reward = Arrays.copyOf(reward, 2 * reward.length);
      }
      reward[options] = itsReward;
      firstEntry[options++] = entries;
      return this;
    }

    /** What the option takes of a row, once for each row; less than 0 where it gives. */
    public Builder takes(int index, double itsAmount) {
      if (options == 0 || index < 0 || index >= rows.size() || !Double.isFinite(itsAmount)) {
        throw new IllegalArgumentException("no such amount: row " + index + ", " + itsAmount);
      }
      if (entries == row.length) {
        row = Arrays.copyOf(row, 2 * entries);
        amount = Arrays.copyOf(amount, 2 * entries);
      }
      row[entries] = index;
      amount[entries++] = itsAmount;
      return this;
    }

    /** The problem. */
    public AllocationProblem build() {
      return new AllocationProblem(this);
    }
  }
}
