package io.dualbid.simulator.hindsight;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.List;

/**
 * Closes the gap that descent by coordinates leaves: minimises the dual bound over prices by
 * cutting planes within a box around the best prices so far (the boxstep method).
 *
 * <p>At any prices, the allocation that they choose, with reward R and consumption C, shows that
 * the bound elsewhere is at least {@code R + Σ price·(capacity − C)}. A small linear program, with
 * one variable for each row and one constraint for each plane seen, finds the lowest point of the
 * planes within the box. A point that keeps a tenth of what the planes promise becomes the centre
 * and the box grows; else it shrinks a little.
 *
 * <p>Where the box does not bind, the program's dual is a mixture of those allocations that keeps
 * every capacity: its value is a lower bound that needs no {@link Rounding}.
 *
 * @see "Marsten, Hogan, Blankenship: The Boxstep Method for Large-Scale Optimization, Operations
 *     Research 23(3), 1975"
 */
final class CuttingPlanes {
  private static final int STEPS = 500;
  private static final double LARGEST_BOX = 1e6;

  /** Below it the linear program's own tolerance would decide. */
  private static final double SMALLEST_BOX = 1e-5;

  private static final double SHRINK = 0.8;
  private static final double TOLERANCE = 1e-9;

  /** A slope below it is rounding; others are of the order of 1. */
  private static final double DUST = 1e-12;

  private final AllocationProblem problem;
  private final double gap;
  private final double[] scale;
  private final double[] centre;
  private AllocationOptimum best;
  private double centreBound;
  private double box = 0.1;

  /** What heights are measured in. */
  private final double unit;

  private CuttingPlanes(AllocationProblem problem, AllocationOptimum start, double gap) {
    this.problem = problem;
    this.gap = gap;
    this.best = start;
    this.centre = start.prices();
    this.centreBound = start.bound();
    this.scale = scale(problem, centre);
    this.unit = start.bound();
  }

  /** A better optimum, from prices that are good already. */
  static AllocationOptimum improve(AllocationProblem problem, AllocationOptimum start, double gap) {
    CuttingPlanes planes = new CuttingPlanes(problem, start, gap);
    try (Glop program = Glop.create()) {
      planes.run(program);
    }
    return planes.best;
  }

  /** How far a price may move at a box of 1: its own size, or the rewards per amount of the row. */
  private static double[] scale(AllocationProblem problem, double[] prices) {
    double reward = 0;
    double[] amounts = new double[prices.length];
    for (int o = 0; o < problem.options(); o++) {
      reward += Math.max(0, problem.reward[o]);
      for (int e = problem.firstEntry[o]; e < problem.firstEntry[o + 1]; e++) {
        amounts[problem.row[e]] += Math.abs(problem.amount[e]);
      }
    }
    double[] scale = new double[prices.length];
    for (int j = 0; j < scale.length; j++) {
      double typical = amounts[j] > 0 ? reward / amounts[j] / prices.length : 1;
      scale[j] = Math.max(prices[j], Math.max(typical, Double.MIN_NORMAL));
    }
    return scale;
  }

  private void run(Glop program) {
    MPSolver solver = program.program();
    MPVariable height = solver.makeNumVar(0, Double.POSITIVE_INFINITY, "");
    solver.objective().setMinimization();
    solver.objective().setCoefficient(height, 1);
    MPVariable[] price = new MPVariable[centre.length];
    for (int j = 0; j < price.length; j++) {
      price[j] = solver.makeNumVar(0, Double.POSITIVE_INFINITY, "");
    }
    List<MPConstraint> planes = new ArrayList<>();
    List<Plane> seen = new ArrayList<>();
    add(Plane.at(problem, centre), solver, height, price, planes, seen);
    for (int step = 1; step <= STEPS && best.gap() > gap; step++) {
      for (int j = 0; j < price.length; j++) {
        double at = centre[j] / scale[j];
        price[j].setBounds(Math.max(0, at - box), at + box);
      }
      if (!program.solve()) {
        // Planes nearly alike may upset the simplex; a smaller box asks for less.
        box = Math.max(SMALLEST_BOX, SHRINK * box);
        continue;
      }
      double[] point = new double[price.length];
      boolean inside = true;
      for (int j = 0; j < point.length; j++) {
        double at = price[j].solutionValue();
        point[j] = Math.max(0, at * scale[j]);
        inside &= at < price[j].ub() && (at > price[j].lb() || price[j].lb() == 0);
      }
      double promised = height.solutionValue() * unit;
      if (inside) {
        best = DualDescent.better(best, mixture(planes, seen));
      }
      Plane plane = Plane.at(problem, point);
      add(plane, solver, height, price, planes, seen);
      move(point, plane, promised);
    }
  }

  private void move(double[] point, Plane plane, double promised) {
    double bound = plane.height(point);
    if (centreBound - bound >= 0.1 * (centreBound - promised) && bound < centreBound) {
      System.arraycopy(point, 0, centre, 0, point.length);
      centreBound = bound;
      box = Math.min(LARGEST_BOX, 2 * box);
      best = DualDescent.better(best, Rounding.of(problem, point));
    } else {
      // Gently: a plane that disappoints has still made the next promise truer.
      box = Math.max(SMALLEST_BOX, SHRINK * box);
    }
  }

  /** Adds a plane, with prices and height in units that make their coefficients comparable. */
  private void add(
      Plane plane,
      MPSolver solver,
      MPVariable height,
      MPVariable[] price,
      List<MPConstraint> planes,
      List<Plane> seen) {
    MPConstraint added = solver.makeConstraint(plane.reward / unit, Double.POSITIVE_INFINITY);
    added.setCoefficient(height, 1);
    for (int j = 0; j < price.length; j++) {
      double slope = -plane.left[j] * scale[j] / unit;
      // What rounding leaves of 0 would rule how GLOP scales the program, which then fails.
      added.setCoefficient(price[j], Math.abs(slope) < DUST ? 0 : slope);
    }
    planes.add(added);
    seen.add(plane);
  }

  /** The allocations seen, mixed by the duals of their planes. */
  private AllocationOptimum mixture(List<MPConstraint> planes, List<Plane> seen) {
    double weights = 0;
    for (int i = 0; i < seen.size(); i++) {
      weights += Math.max(0, planes.get(i).dualValue());
    }
    double[] consumption = new double[centre.length];
    double[] moved = new double[centre.length];
    double value = 0;
    // Weights below 1 in sum leave the rest untaken; above 1 they are rounding, and are undone.
    double sum = Math.max(1, weights);
    for (int i = 0; i < seen.size(); i++) {
      double weight = Math.max(0, planes.get(i).dualValue()) / sum;
      value += weight * seen.get(i).reward;
      for (int j = 0; j < consumption.length; j++) {
        double taken = weight * (problem.capacity[j] - seen.get(i).left[j]);
        consumption[j] += taken;
        moved[j] += Math.abs(taken);
      }
    }
    // The tolerance of the linear program is all by which a capacity may be passed; it is undone.
    double excess = 1;
    for (int j = 0; j < consumption.length; j++) {
      double over = consumption[j] - problem.capacity[j];
      if (over > TOLERANCE * moved[j]) {
        excess = Math.min(excess, problem.capacity[j] / consumption[j]);
      }
    }
    for (int j = 0; j < consumption.length; j++) {
      consumption[j] *= excess;
    }
    return new AllocationOptimum(excess * value, centreBound, centre.clone(), consumption);
  }

  /** The allocation that prices choose: its reward, and what it leaves of each capacity. */
  private static final class Plane {
    private final double[] left;
    private double reward;

    private Plane(double[] capacity) {
      left = capacity.clone();
    }

    static Plane at(AllocationProblem problem, double[] prices) {
      Plane plane = new Plane(problem.capacity);
      for (int a = 0; a < problem.arrivals(); a++) {
        int chosen = -1;
        double best = 0;
        for (int o = problem.firstOption[a]; o < problem.firstOption[a + 1]; o++) {
          double score = problem.score(o, prices);
          if (score > best) {
            best = score;
            chosen = o;
          }
        }
        if (chosen >= 0) {
          plane.reward += problem.reward[chosen];
          for (int e = problem.firstEntry[chosen]; e < problem.firstEntry[chosen + 1]; e++) {
            plane.left[problem.row[e]] -= problem.amount[e];
          }
        }
      }
      return plane;
    }

    double height(double[] prices) {
      double height = reward;
      for (int j = 0; j < prices.length; j++) {
        height += prices[j] * left[j];
      }
      return height;
    }
  }
}
