package io.dualbid.simulator.whatif;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Where a curve is asked for: equal factors apart. */
public final class Grid {
  private Grid() {}

  /**
   * Points from one number to another.
   *
   * @param from the first, above 0
   * @param to the last, at least {@code from}
   * @param count how many, at least 2; one where both are equal
   * @param always a number that is to be among them, if it is between the two; rising all the same
   * @return rising points; the first and last exactly as given
   */
  public static double[] of(double from, double to, int count, double always) {
    if (!(from > 0) || !(to >= from) || Double.isInfinite(to) || count < 2) {
      throw new IllegalArgumentException(
          "rising numbers above 0, two points or more: " + from + ".." + to + ", " + count);
    }
    double[] grid = new double[count];
    for (int i = 0; i < count; i++) {
      grid[i] = i == count - 1 ? to : from * Math.pow(to / from, (double) i / (count - 1));
    }
    double near = 1e-9 * always;
    DoubleStream others = Arrays.stream(grid).filter(x -> Math.abs(x - always) > near);
    DoubleStream all =
        always >= from - near && always <= to + near
            ? DoubleStream.concat(others, DoubleStream.of(always))
            : Arrays.stream(grid);
    return all.sorted().distinct().toArray();
  }
}
