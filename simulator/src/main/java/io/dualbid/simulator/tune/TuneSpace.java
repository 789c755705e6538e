package io.dualbid.simulator.tune;

import java.util.List;

/**
 * A file that says what to search and how to judge.
 *
 * @param title what it is about
 * @param search what is searched, and how
 * @param validation how the log is cut
 * @param budgetFractions budgets that every candidate plays, as in {@code 1/16}
 * @param targetRos value that a unit of spend must return, for policies that keep a return
 * @param tolerance what may be missing of it, as a share of the spend
 * @param penalty what is taken off the score for each unit of that share beyond the tolerance
 */
public record TuneSpace(
    String title,
    Search search,
    CrossValidation validation,
    List<String> budgetFractions,
    double targetRos,
    double tolerance,
    double penalty) {
  public TuneSpace {
    budgetFractions = List.copyOf(budgetFractions);
    if (budgetFractions.isEmpty()) {
      throw new IllegalArgumentException("a budget fraction is needed");
    }
    if (!search.suffices(validation.blocks())) {
      throw new IllegalArgumentException(
          "'evaluations' must be at least 3 x blocks x rounds: "
              + search.plays()
              + " for "
              + validation.blocks()
              + " blocks and "
              + search.rounds()
              + " rounds");
    }
  }

  /** The same with another seed. */
  public TuneSpace seeded(long seed) {
    Search with =
        new Search(
            search.space(),
            search.standard(),
            search.plays(),
            search.rounds(),
            search.keep(),
            seed);
    return new TuneSpace(title, with, validation, budgetFractions, targetRos, tolerance, penalty);
  }

  /** The same with other budgets. */
  public TuneSpace withBudgets(List<String> fractions) {
    return new TuneSpace(title, search, validation, fractions, targetRos, tolerance, penalty);
  }

  /**
   * How good a play was: what it had of the optimum, less the penalty.
   *
   * @param ratio value over that of the optimum
   * @param missing what is missing of the return, as a share of the spend, at least 0
   */
  public double score(double ratio, double missing) {
    return ratio - penalty * Math.max(0, missing - tolerance);
  }
}
