package io.dualbid.simulator.report;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * Lines in a plane, and bars behind them, drawn as SVG whose colours follow the page's theme. Lines
 * differ in colour, in dashes and in their marks, so that colour is never all that tells them
 * apart.
 */
public final class Plot implements Figure {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final int HALF_WIDTH = 440;
  private static final int HALF_HEIGHT = 280;
  private static final int LEGEND_LINE = 18;

  /** The style of a line that others are compared with. */
  private static final int REFERENCE = -1;

  private static final float[][] DASHES = {
    null, {8, 4}, {2, 4}, {10, 4, 2, 4}, {16, 5}, {4, 2}, {1, 3}, {12, 3, 3, 3, 3, 3}
  };

  private static final float[] REFERENCE_DASHES = {3, 3};

  private final String name;
  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final List<Series> lines = new ArrayList<>();
  private final List<Integer> styles = new ArrayList<>();
  private @Nullable Bars bars;
  private int width = WIDTH;
  private int plotHeight = HEIGHT;

  /**
   * An axis.
   *
   * @param label what it measures
   * @param logarithmic whether equal steps are equal factors; points that are not above 0 are then
   *     left out
   * @param names what stands at 0, 1, 2 and so on in place of numbers; empty for numbers
   */
  public record Axis(String label, boolean logarithmic, List<String> names) {
    /** An axis of numbers. */
    public Axis(String label, boolean logarithmic) {
      this(label, logarithmic, List.of());
    }

    public Axis {
      names = List.copyOf(names);
    }
  }

  /**
   * An empty plot.
   *
   * @param name its name among the plots of a page: letters, digits and '-'
   * @param title what it shows
   * @param description the same for those who don't see it
   */
  public Plot(String name, String title, String description, Axis x, Axis y) {
    this.name = Canvas.named(name);
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /** Adds a line. */
  public Plot line(Series line) {
    return line(line, (int) styles.stream().filter(style -> style != REFERENCE).count());
  }

  /**
   * Adds a line that looks like those of the same style in other plots.
   *
   * @param style from 0
   */
  public Plot line(Series line, int style) {
    lines.add(line);
    styles.add(style);
    return this;
  }

  /** Adds a line that others are to be compared with, such as a plan. */
  public Plot reference(Series line) {
    return line(line, REFERENCE);
  }

  /** Puts bars behind the lines. */
  public Plot bars(Bars behind) {
    bars = behind;
    return this;
  }

  /** Makes it half as wide, to stand beside another. */
  public Plot half() {
    width = HALF_WIDTH;
    plotHeight = HALF_HEIGHT;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String svg() {
    int entries = lines.size() + (bars == null ? 0 : 1);
    int height = plotHeight + LEGEND_LINE * entries;
    return Canvas.svg(chart(), width, height, name, title, description);
  }

  private JFreeChart chart() {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    XYLineAndShapeRenderer renderer = renderer();
    for (int i = 0; i < lines.size(); i++) {
      Series line = lines.get(i);
      int style = styles.get(i);
      data.addSeries(intervals(line, i));
      renderer.setSeriesPaint(i, style == REFERENCE ? SvgTheme.SOFT : SvgTheme.line(style));
      renderer.setSeriesStroke(i, stroke(style));
      renderer.setSeriesShape(i, mark(Math.max(0, style)));
      renderer.setSeriesLinesVisible(i, true);
      renderer.setSeriesShapesVisible(i, line.marked());
    }
    XYPlot plot =
        new XYPlot(data, PlotAxes.axis(x, values(true)), PlotAxes.axis(y, values(false)), renderer);
    Bars behind = bars;
    if (behind != null) {
      // The library draws the first data last.
      plot.setDataset(1, behind.data());
      plot.setRenderer(1, behind.renderer());
    }
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(SvgTheme.GRID);
    plot.setRangeGridlinePaint(SvgTheme.GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(null, Canvas.LABELS, plot, false);
    chart.setBackgroundPaint(null);
    // Room for half of the last number of the axis.
    chart.setPadding(new RectangleInsets(4, 0, 0, 36));
    LegendTitle legend = new LegendTitle(plot, new StackedBlocks(), new StackedBlocks());
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(Canvas.LABELS);
    legend.setItemPaint(SvgTheme.TEXT);
    legend.setBackgroundPaint(null);
    chart.addLegend(legend);
    return chart;
  }

  private static BasicStroke stroke(int style) {
    float[] dashes = style == REFERENCE ? REFERENCE_DASHES : DASHES[style % DASHES.length];
    return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }

  private XYLineAndShapeRenderer renderer() {
    boolean intervals =
        lines.stream().anyMatch(line -> line.points().stream().anyMatch(p -> p.halfWidth() > 0));
    XYLineAndShapeRenderer renderer;
    if (intervals) {
      XYErrorRenderer errors = new XYErrorRenderer();
      errors.setDrawXError(false);
      errors.setCapLength(6);
      renderer = errors;
    } else {
      renderer = new XYLineAndShapeRenderer();
    }
    renderer.setDrawSeriesLineAsPath(true);
    // Long enough to show the dashes.
    renderer.setLegendLine(new Line2D.Double(-18, 0, 18, 0));
    return renderer;
  }

  private XYIntervalSeries intervals(Series line, int index) {
    // Names may be equal; keys may not.
    XYIntervalSeries series = new XYIntervalSeries(new Key(index, line.name()), false, true);
    for (Series.Point point : line.points()) {
      boolean shown =
          Double.isFinite(point.x())
              && Double.isFinite(point.y())
              && (!x.logarithmic() || point.x() > 0)
              && (!y.logarithmic() || point.y() > 0);
      if (shown) {
        double half = Double.isNaN(point.halfWidth()) ? 0 : point.halfWidth();
        double low = point.y() - half;
        // An interval that reaches 0 has no end on a logarithmic axis; it is drawn to a tenth.
        double end = y.logarithmic() ? Math.max(low, point.y() / 10) : low;
        double across = PlotAxes.position(x, point.x());
        series.add(
            across,
            across,
            across,
            PlotAxes.position(y, point.y()),
            PlotAxes.position(y, end),
            PlotAxes.position(y, point.y() + half));
      }
    }
    return series;
  }

  /** A series by its place, shown by its name. */
  private record Key(int index, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private double[] values(boolean horizontal) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(point -> horizontal ? point.x() : point.y())
        .filter(Double::isFinite)
        .toArray();
  }

  private static Shape mark(int index) {
    return switch (index % 4) {
      case 0 -> new Ellipse2D.Double(-4, -4, 8, 8);
      case 1 -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
      case 2 -> polygon(0, -5, 5, 4, -5, 4);
      default -> polygon(0, -5, 5, 0, 0, 5, -5, 0);
    };
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
