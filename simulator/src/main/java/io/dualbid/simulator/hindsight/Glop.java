package io.dualbid.simulator.hindsight;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolver.ResultStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear program and the simplex method of OR-Tools (GLOP) that solves it within limits.
 *
 * <p>GLOP may cycle for ever on a degenerate program. So an attempt to solve ends after a number of
 * pivots that grows with the program, or after a number of operations, both counted rather than
 * timed: the same program ends the same way on every machine. An attempt without an optimum is
 * followed by another {@link Attempt}; when all have failed the caller decides what to do.
 *
 * <p>Close it: the native library frees nothing by itself. Not thread safe.
 */
public final class Glop implements AutoCloseable {
  /** What programs take that don't cycle is below a tenth of this. */
  private static final long PIVOTS_PER_ROW_AND_COLUMN = 200;

  private static final long PIVOTS = 2_000;

  /** GLOP's unit of deterministic time; one is about a second. */
  private static final double DETERMINISTIC_TIME = 300;

  /** The last limit, for a loop in native code that counts nothing. */
  private static final long LONGEST_MILLIS = 1_800_000;

  private final MPSolver solver;
  private final List<String> endings = new ArrayList<>();

  /** The ways to solve a program, in the order in which they are tried. */
  private enum Attempt {
    /** Primal simplex, from the last basis if there is one. */
    RESUMED(""),
    /** Primal simplex from the beginning. */
    AFRESH(""),
    /** Dual simplex on slightly changed costs: then no two bases are worth the same. */
    DUAL("use_dual_simplex: true perturb_costs_in_dual_simplex: true"),
    /** The same by the simplest rule of pivots, on the program as it stands. */
    PLAIN(
        "use_dual_simplex: true perturb_costs_in_dual_simplex: true use_preprocessing: false"
            + " feasibility_rule: DANTZIG optimization_rule: DANTZIG");

    private final String parameters;

    Attempt(String parameters) {
      this.parameters = parameters;
    }
  }

  private Glop(MPSolver solver) {
    this.solver = solver;
  }

  /**
   * Creates an empty program.
   *
   * @throws IllegalStateException if OR-Tools has no native library for this platform
   */
  public static Glop create() {
    Loader.loadNativeLibraries();
    MPSolver solver = MPSolver.createSolver("GLOP");
    if (solver == null) {
      throw new IllegalStateException("OR-Tools has no GLOP on this platform");
    }
    solver.setTimeLimit(LONGEST_MILLIS);
    return new Glop(solver);
  }

  /** The program: rows, columns and objective go in, values and duals come out. */
  public MPSolver program() {
    return solver;
  }

  /** Solves the program; returns whether it found an optimum. */
  public boolean solve() {
    long size = (long) solver.numConstraints() + solver.numVariables();
    return solve(PIVOTS + PIVOTS_PER_ROW_AND_COLUMN * size);
  }

  boolean solve(long pivots) {
    endings.clear();
    for (Attempt attempt : Attempt.values()) {
      if (attempt != Attempt.RESUMED) {
        solver.reset();
      }
      String parameters =
          "max_number_of_iterations: "
              + pivots
              + " max_deterministic_time: "
              + DETERMINISTIC_TIME
              + " "
              + attempt.parameters;
      if (!solver.setSolverSpecificParametersAsString(parameters)) {
        throw new IllegalStateException("GLOP does not know the parameters " + parameters);
      }
      ResultStatus status = solver.solve();
      if (status == ResultStatus.OPTIMAL) {
        return true;
      }
      endings.add(attempt + " " + status);
    }
    return false;
  }

  /**
   * Solves a program that has an optimum.
   *
   * @throws IllegalStateException if no attempt found it
   */
  public void solveOrThrow() {
    if (!solve()) {
      throw new IllegalStateException(
          "the linear program has no optimum that can be found: " + this);
    }
  }

  /** The size of the program, and how the attempts ended that found no optimum. */
  @Override
  public String toString() {
    return solver.numConstraints() + " rows, " + solver.numVariables() + " columns, " + endings;
  }

  @Override
  public void close() {
    solver.delete();
  }
}
