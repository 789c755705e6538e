package io.dualbid.core.placement.value;

import java.util.ArrayList;
import java.util.List;

/**
 * A density that is constant in each bin.
 *
 * <p>In a bin of density d that ends at value e with {@code q = 1 - F(e)}, {@code φ(v) = 2v - e -
 * q/d}. At an edge φ jumps: up where the density rises, down where it falls. Every ironed interval
 * holds a jump down, so for each of these the level is found, by bisection, at which the monopoly's
 * best profits left and right of it are equal; both are maxima of one parabola a bin.
 */
public final class Histogram implements ValueDistribution {
  /**
   * An interval on which all values score the same.
   *
   * @param from where it begins
   * @param to where it ends
   * @param score the ironed virtual value in it
   */
  public record Ironed(double from, double to, double score) {}

  private static final double SUM_TOLERANCE = 1e-9;

  private final double[] edges;
  private final double[] density;
  // 1 - F at each edge.
  private final double[] above;
  private final List<Ironed> ironed;

  /**
   * A law.
   *
   * @param edges of the bins, rising strictly from at least 0; copied
   * @param masses of the bins, one fewer, each above 0, summing to 1 within 1e-9; copied
   */
  public Histogram(double[] edges, double[] masses) {
    if (masses.length == 0 || edges.length != masses.length + 1) {
      throw new IllegalArgumentException(
          "a histogram needs one edge more than masses: "
              + edges.length
              + " edges, "
              + masses.length
              + " masses");
    }
    this.edges = edges.clone();
    density = new double[masses.length];
    above = new double[edges.length];
    double sum = 0;
    for (int k = masses.length - 1; k >= 0; k--) {
      if (!(edges[0] >= 0 && edges[k + 1] > edges[k] && edges[k + 1] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "edges must rise strictly from at least 0: " + edges[k] + ", " + edges[k + 1]);
      }
      if (!(masses[k] > 0 && masses[k] <= 1 + SUM_TOLERANCE)) {
        throw new IllegalArgumentException("a mass must be above 0: " + masses[k]);
      }
      density[k] = masses[k] / (edges[k + 1] - edges[k]);
      sum += masses[k];
      above[k] = sum;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw new IllegalArgumentException("masses must sum to 1: " + sum);
    }
    ironed = List.copyOf(iron());
  }

  private List<Ironed> iron() {
    List<Ironed> intervals = new ArrayList<>();
    for (int k = 1; k < density.length; k++) {
      int edge = k;
      double top = phi(edge - 1, edges[edge]);
      double bottom = phi(edge, edges[edge]);
      if (bottom >= top || (!intervals.isEmpty() && last(intervals).to() > edges[edge])) {
        continue;
      }
      double score =
          Bisection.first(
              phi(0, edges[0]) - 1,
              edges[density.length] + 1,
              s -> profit(best(0, edge, s), s) <= profit(best(edge, density.length, s), s));
      intervals.add(new Ironed(best(0, edge, score), best(edge, density.length, score), score));
    }
    return intervals;
  }

  private static Ironed last(List<Ironed> intervals) {
    return intervals.get(intervals.size() - 1);
  }

  /** The ironed intervals, in rising order. */
  public List<Ironed> ironed() {
    return ironed;
  }

  /** 1 - F(value). */
  public double probabilityAbove(double value) {
    if (value <= edges[0]) {
      return 1;
    }
    return value >= edges[density.length] ? 0 : above(binBelow(value), value);
  }

  @Override
  public double virtualValue(double value) {
    if (value < edges[0]) {
      return Double.NEGATIVE_INFINITY;
    }
    double v = Math.min(value, edges[density.length]);
    for (Ironed interval : ironed) {
      if (v >= interval.from() && v <= interval.to()) {
        return interval.score();
      }
    }
    int bin = 0;
    while (bin < density.length - 1 && edges[bin + 1] <= v) {
      bin++;
    }
    return phi(bin, v);
  }

  @Override
  public double inverse(double score) {
    for (Ironed interval : ironed) {
      if (score == interval.score()) {
        return interval.from();
      }
    }
    return score > edges[density.length]
        ? Double.POSITIVE_INFINITY
        : best(0, density.length, score);
  }

  @Override
  public double inverseAbove(double score) {
    for (Ironed interval : ironed) {
      if (score == interval.score()) {
        return interval.to();
      }
    }
    return score >= edges[density.length] ? Double.POSITIVE_INFINITY : inverse(score);
  }

  private double phi(int bin, double v) {
    return 2 * v - edges[bin + 1] - above[bin + 1] / density[bin];
  }

  /** 1 - F(v). */
  private double above(int bin, double v) {
    return above[bin + 1] + density[bin] * (edges[bin + 1] - v);
  }

  /** The first bin that ends at a value or above it. */
  private int binBelow(double v) {
    int bin = 0;
    while (bin < density.length - 1 && edges[bin + 1] < v) {
      bin++;
    }
    return bin;
  }

  private double profit(double v, double s) {
    return (v - s) * above(binBelow(v), v);
  }

  /** The least of the most profitable values within bins {@code from} to {@code to}, exclusive. */
  private double best(int from, int to, double s) {
    double best = edges[from];
    double most = Double.NEGATIVE_INFINITY;
    for (int bin = from; bin < to; bin++) {
      double vertex = (s + edges[bin + 1] + above[bin + 1] / density[bin]) / 2;
      double v = Math.min(Math.max(vertex, edges[bin]), edges[bin + 1]);
      double profit = (v - s) * above(bin, v);
      if (profit > most) {
        most = profit;
        best = v;
      }
    }
    return best;
  }
}
