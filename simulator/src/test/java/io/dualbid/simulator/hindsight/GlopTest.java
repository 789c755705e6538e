package io.dualbid.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GlopTest {
  @Test
  void findsTheOptimumOfASmallProgram() {
    try (Glop glop = Glop.create()) {
      MPVariable x = knapsack(glop.program());
      assertThat(glop.solve()).isTrue();
      assertThat(x.solutionValue()).isCloseTo(2, within(1e-9));
    }
  }

  @Test
  void saysHowEveryAttemptEndedWhereNoneFindsAnOptimum() {
    try (Glop glop = Glop.create()) {
      MPVariable x = knapsack(glop.program());
      glop.program().makeConstraint(3, 4).setCoefficient(x, 1);
      assertThatThrownBy(glop::solveOrThrow)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("2 rows, 1 columns")
          .hasMessageContaining("PLAIN INFEASIBLE");
    }
  }

  @Test
  void givesUpAtItsLimitOfPivots() {
    try (Glop glop = Glop.create()) {
      SplittableRandom random = new SplittableRandom(1);
      MPSolver program = glop.program();
      program.objective().setMaximization();
      MPVariable[] shares = new MPVariable[200];
      for (int v = 0; v < shares.length; v++) {
        shares[v] = program.makeNumVar(0, 1, "");
        program.objective().setCoefficient(shares[v], random.nextDouble());
      }
      for (int row = 0; row < 100; row++) {
        MPConstraint capacity = program.makeConstraint(-1e9, 5);
        for (MPVariable share : shares) {
          capacity.setCoefficient(share, random.nextDouble());
        }
      }
      assertThat(glop.solve(1)).isFalse();
      assertThat(glop).asString().contains("PLAIN NOT_SOLVED");
      assertThat(glop.solve()).isTrue();
    }
  }

  /** The most of x, at most 2. */
  private static MPVariable knapsack(MPSolver program) {
    MPVariable x = program.makeNumVar(0, 10, "");
    program.makeConstraint(-1e9, 2).setCoefficient(x, 1);
    program.objective().setMaximization();
    program.objective().setCoefficient(x, 1);
    return x;
  }
}
