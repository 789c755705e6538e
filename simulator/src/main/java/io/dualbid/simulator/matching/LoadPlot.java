package io.dualbid.simulator.matching;

import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.report.Plot.Axis;
import io.dualbid.simulator.report.Series;
import java.util.function.IntFunction;

/** The load of offline vertices over time, as a plot. */
public final class LoadPlot {
  private LoadPlot() {}

  /**
   * The plot of a run.
   *
   * @param names what vertices are called
   */
  public static Plot of(LoadTrace trace, IntFunction<String> names) {
    Plot plot =
        new Plot(
            "load-" + trace.policy().replaceAll("[^a-z0-9]+", "-"),
            "Load over time: " + trace.policy(),
            "Expected consumption of up to "
                + LoadTrace.MOST_VERTICES
                + " vertices as a share of their capacity.",
            new Axis("arrivals", false),
            new Axis("load", false));
    for (int k = 0; k < trace.vertices().size(); k++) {
      int at = k;
      plot.line(
          new Series(
              names.apply(trace.vertices().get(k)),
              trace.samples().stream()
                  .map(sample -> new Series.Point(sample.arrivals(), sample.loads().get(at), 0))
                  .toList(),
              false));
    }
    return plot;
  }
}
