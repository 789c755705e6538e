package io.dualbid.simulator.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Lines in a plane, drawn as SVG whose colours follow the page's theme. Lines differ in colour, in
 * dashes and in their marks, so that colour is never all that tells them apart.
 */
public final class Plot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 400;
  private static final int LEGEND_LINE = 18;
  static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final float[][] DASHES = {
    null, {8, 4}, {2, 4}, {10, 4, 2, 4}, {16, 5}, {4, 2}, {1, 3}, {12, 3, 3, 3, 3, 3}
  };

  private final String name;
  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final List<Series> lines = new ArrayList<>();

  /**
   * An axis.
   *
   * @param label what it measures
   * @param logarithmic whether equal steps are equal factors; points that are not above 0 are then
   *     left out
   */
  public record Axis(String label, boolean logarithmic) {}

  /**
   * An empty plot.
   *
   * @param name its name among the plots of a page: letters, digits and '-'
   * @param title what it shows
   * @param description the same for those who don't see it
   */
  public Plot(String name, String title, String description, Axis x, Axis y) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("a name of letters, digits and '-': " + name);
    }
    this.name = name;
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /** Adds a line. */
  public Plot line(Series line) {
    lines.add(line);
    return this;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What it shows. */
  public String title() {
    return title;
  }

  /** The plot within a page, which defines the colours. */
  String svg() {
    // AWT must not look for a screen; fonts are only measured.
    System.setProperty("java.awt.headless", "true");
    // Else labels that stand upright are drawn as outlines, not as text.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    int height = HEIGHT + LEGEND_LINE * lines.size();
    VectorGraphics2D canvas = new VectorGraphics2D();
    chart().draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, height));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(canvas.getCommands(), new PageSize(0, 0, WIDTH, height))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String svg = bytes.toString(StandardCharsets.UTF_8);
    return SvgTheme.applied(svg, WIDTH, height, name, title, description);
  }

  /** The plot as a file of its own. */
  public String file() {
    return SvgTheme.standalone(svg());
  }

  private JFreeChart chart() {
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    XYLineAndShapeRenderer renderer = renderer();
    for (int i = 0; i < lines.size(); i++) {
      Series line = lines.get(i);
      data.addSeries(intervals(line, i));
      renderer.setSeriesPaint(i, SvgTheme.line(i));
      renderer.setSeriesStroke(
          i,
          new BasicStroke(
              2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[i % DASHES.length], 0));
      renderer.setSeriesShape(i, mark(i));
      renderer.setSeriesLinesVisible(i, true);
      renderer.setSeriesShapesVisible(i, line.marked());
    }
    XYPlot plot =
        new XYPlot(data, PlotAxes.axis(x, values(true)), PlotAxes.axis(y, values(false)), renderer);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinePaint(SvgTheme.GRID);
    plot.setRangeGridlinePaint(SvgTheme.GRID);
    plot.setDomainGridlineStroke(new BasicStroke(1));
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(null, LABELS, plot, false);
    chart.setBackgroundPaint(null);
    // Room for half of the last number of the axis.
    chart.setPadding(new RectangleInsets(4, 0, 0, 36));
    LegendTitle legend = new LegendTitle(plot, new StackedBlocks(), new StackedBlocks());
    legend.setPosition(RectangleEdge.BOTTOM);
    legend.setItemFont(LABELS);
    legend.setItemPaint(SvgTheme.TEXT);
    legend.setBackgroundPaint(null);
    chart.addLegend(legend);
    return chart;
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
