package io.dualbid.simulator.report;

import java.util.List;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.IntervalXYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Bars of a histogram: side by side from one place on, all of the same width.
 *
 * @param name what they are
 * @param from where the first begins
 * @param width width of each, above 0
 * @param heights height of each, at least 0
 */
public record Bars(String name, double from, double width, List<Double> heights) {
  public Bars {
    heights = List.copyOf(heights);
    if (!(width > 0)) {
      throw new IllegalArgumentException("width must be > 0: " + width);
    }
  }

  IntervalXYDataset data() {
    XYIntervalSeries series = new XYIntervalSeries(name);
    for (int i = 0; i < heights.size(); i++) {
      double left = from + i * width;
      double height = heights.get(i);
      series.add(left + width / 2, left, left + width, height, height, height);
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(series);
    return data;
  }

  XYBarRenderer renderer() {
    XYBarRenderer renderer = new XYBarRenderer(0.12);
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setSeriesPaint(0, SvgTheme.BAR);
    return renderer;
  }
}
