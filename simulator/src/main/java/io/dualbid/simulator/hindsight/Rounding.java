package io.dualbid.simulator.hindsight;

import java.util.Arrays;

/**
 * Makes an allocation that keeps every capacity out of prices: each arrival takes its options in
 * falling order of score (reward less priced consumption), as much of each as still fits. Arrivals
 * that prices decide clearly come first, ties last, so that what is split is what the optimum may
 * split. Rows may be earned as well as used up, so whoever found no room is asked again.
 */
final class Rounding {
  private static final int ROUNDS = 4;

  /** Scores this little below 0, as a share of the reward, are ties with taking nothing. */
  private static final double TIE = 1e-9;

  private final AllocationProblem problem;
  private final double[] prices;
  private final double[] left;
  private final double[] unassigned;
  private final double[] scores;
  private final boolean[] tried;
  private double value;

  private Rounding(AllocationProblem problem, double[] prices) {
    this.problem = problem;
    this.prices = prices;
    this.left = problem.capacity.clone();
    this.unassigned = new double[problem.arrivals()];
    this.scores = new double[problem.options()];
    this.tried = new boolean[problem.options()];
  }

  /** The allocation, with the bound that the prices prove. */
  static AllocationOptimum of(AllocationProblem problem, double[] prices) {
    Rounding rounding = new Rounding(problem, prices);
    rounding.allocate();
    double[] consumption = problem.capacity.clone();
    for (int j = 0; j < consumption.length; j++) {
      consumption[j] -= rounding.left[j];
    }
    return new AllocationOptimum(
        rounding.value, problem.dualBound(prices), prices.clone(), consumption);
  }

  private void allocate() {
    Arrays.fill(unassigned, 1);
    double[] clarity = new double[problem.arrivals()];
    for (int a = 0; a < clarity.length; a++) {
      double best = 0;
      double second = 0;
      for (int o = problem.firstOption[a]; o < problem.firstOption[a + 1]; o++) {
        double score = problem.score(o, prices);
        scores[o] = score;
        if (score > best) {
          second = best;
          best = score;
        } else if (score > second) {
          second = score;
        }
      }
      clarity[a] = best - second;
    }
    int[] order = FallingOrder.of(clarity);
    for (int round = 0; round < ROUNDS; round++) {
      double before = value;
      for (int a : order) {
        if (unassigned[a] > 0) {
          assign(a);
        }
      }
      if (value == before) {
        break;
      }
    }
  }

  private void assign(int arrival) {
    int from = problem.firstOption[arrival];
    int to = problem.firstOption[arrival + 1];
    Arrays.fill(tried, from, to, false);
    for (int option = best(from, to); option >= 0; option = best(from, to)) {
      tried[option] = true;
      double share = Math.min(unassigned[arrival], room(option));
      if (share > 0) {
        value += share * problem.reward[option];
        unassigned[arrival] -= share;
        for (int e = problem.firstEntry[option]; e < problem.firstEntry[option + 1]; e++) {
          int row = problem.row[e];
          // Rounding may leave a trace below 0 of a row that is used up.
          double after = left[row] - share * problem.amount[e];
          left[row] = problem.amount[e] > 0 ? Math.max(0, after) : after;
        }
        if (unassigned[arrival] == 0) {
          break;
        }
      }
    }
  }

  /** The option of highest score not yet tried, among those worth taking; -1 for none. */
  private int best(int from, int to) {
    int best = -1;
    for (int o = from; o < to; o++) {
      if (!tried[o]
          && problem.reward[o] > 0
          && scores[o] >= -TIE * problem.reward[o]
          && (best < 0 || scores[o] > scores[best])) {
        best = o;
      }
    }
    return best;
  }

  private double room(int option) {
    double room = 1;
    for (int e = problem.firstEntry[option]; e < problem.firstEntry[option + 1]; e++) {
      if (problem.amount[e] > 0) {
        room = Math.min(room, left[problem.row[e]] / problem.amount[e]);
      }
    }
    return room;
  }
}
