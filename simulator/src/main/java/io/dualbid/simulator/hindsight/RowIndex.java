package io.dualbid.simulator.hindsight;

import java.util.Arrays;

/**
 * How the consumption of one row depends on its own price, the others given: for each arrival that
 * the row has an option of, the score of that option without the price, and the best of what else
 * the arrival could do. Built once for a problem, in flat arrays; {@link #prepare} fills them for a
 * row in one pass over its arrivals.
 */
final class RowIndex {
  private final AllocationProblem problem;
  private final int[] firstArrival;
  private final int[] arrivals;

  /** Of the row prepared: the arrival's best alternative, and where its options begin. */
  private final double[] alternative;

  private final int[] firstOwn;
  private final double[] score;
  private final double[] amount;
  private int groups;

  RowIndex(AllocationProblem problem) {
    this.problem = problem;
    int rows = problem.capacity.length;
    int[] lastSeen = new int[rows];
    int[] count = new int[rows + 1];
    for (int a = 0; a < problem.arrivals(); a++) {
      for (int e = entriesFrom(a); e < entriesFrom(a + 1); e++) {
        int row = problem.row[e];
        if (lastSeen[row] != a + 1) {
          lastSeen[row] = a + 1;
          count[row + 1]++;
        }
      }
    }
    int most = 0;
    for (int row = 0; row < rows; row++) {
      most = Math.max(most, count[row + 1]);
      count[row + 1] += count[row];
    }
    firstArrival = count;
    arrivals = new int[count[rows]];
    int[] next = count.clone();
    Arrays.fill(lastSeen, 0);
    for (int a = 0; a < problem.arrivals(); a++) {
      for (int e = entriesFrom(a); e < entriesFrom(a + 1); e++) {
        int row = problem.row[e];
        if (lastSeen[row] != a + 1) {
          lastSeen[row] = a + 1;
          arrivals[next[row]++] = a;
        }
      }
    }
    alternative = new double[most];
    firstOwn = new int[most + 1];
    score = new double[problem.options()];
    amount = new double[problem.options()];
  }

  private int entriesFrom(int arrival) {
    return problem.firstEntry[problem.firstOption[arrival]];
  }

  /** Looks at a row, at these prices of the others. */
  void prepare(int row, double[] prices) {
    groups = 0;
    int own = 0;
    for (int i = firstArrival[row]; i < firstArrival[row + 1]; i++) {
      int arrival = arrivals[i];
      double best = 0;
      firstOwn[groups] = own;
      for (int o = problem.firstOption[arrival]; o < problem.firstOption[arrival + 1]; o++) {
        double base = problem.reward[o];
        double takes = 0;
        for (int e = problem.firstEntry[o]; e < problem.firstEntry[o + 1]; e++) {
          if (problem.row[e] == row) {
            takes = problem.amount[e];
          } else {
            base -= prices[problem.row[e]] * problem.amount[e];
          }
        }
        if (takes == 0) {
          best = Math.max(best, base);
        } else {
          score[own] = base;
          amount[own++] = takes;
        }
      }
      alternative[groups++] = best;
    }
    firstOwn[groups] = own;
  }

  /** What is consumed of the row at a price; at a tie the row goes without. */
  double consumption(double price) {
    double sum = 0;
    for (int group = 0; group < groups; group++) {
      double best = alternative[group];
      double taken = 0;
      for (int i = firstOwn[group]; i < firstOwn[group + 1]; i++) {
        double net = score[i] - price * amount[i];
        if (net > best) {
          best = net;
          taken = amount[i];
        }
      }
      sum += taken;
    }
    return sum;
  }

  /** The greatest reward per amount: no option that only takes is chosen at a higher price. */
  double highestRatio() {
    double highest = Double.MIN_NORMAL;
    for (int i = 0; i < firstOwn[groups]; i++) {
      if (amount[i] > 0) {
        highest = Math.max(highest, score[i] / amount[i]);
      }
    }
    return highest;
  }
}
