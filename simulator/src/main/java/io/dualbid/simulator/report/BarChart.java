package io.dualbid.simulator.report;

import java.awt.BasicStroke;
import java.awt.Paint;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.CategoryLabelPositions;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Lying bars, each with its name beside it and its number at its end, so that nothing has to be
 * told by colour.
 */
public final class BarChart implements Figure {
  private static final int WIDTH = 760;
  private static final int BAR = 26;
  private static final int AXIS = 60;

  private final String name;
  private final String title;
  private final String description;
  private final String axis;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String name, double length, String label, int style) {}

  /**
   * An empty chart.
   *
   * @param name its name among the drawings of a page: letters, digits and '-'
   * @param title what it shows
   * @param description the same for those who don't see it
   * @param axis what the bars measure
   */
  public BarChart(String name, String title, String description, String axis) {
    this.name = Canvas.named(name);
    this.title = title;
    this.description = description;
    this.axis = axis;
  }

  /**
   * Adds a bar below the others.
   *
   * @param barName what it is of; two bars may have the same
   * @param length its length, at least 0; NaN for none
   * @param label what is written at its end
   * @param style bars of the same style have the same colour, at least 0
   */
  public BarChart bar(String barName, double length, String label, int style) {
    bars.add(new Bar(barName, length, label, style));
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
    return Canvas.svg(chart(), WIDTH, AXIS + BAR * bars.size(), name, title, description);
  }

  private JFreeChart chart() {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      data.addValue(Double.isFinite(bar.length) ? bar.length : 0, "", new Key(i, bar.name));
    }
    CategoryAxis names = new CategoryAxis();
    names.setTickLabelFont(Canvas.LABELS);
    names.setTickLabelPaint(SvgTheme.TEXT);
    names.setAxisLineVisible(false);
    names.setTickMarksVisible(false);
    names.setMaximumCategoryLabelWidthRatio(0.5f);
    names.setCategoryLabelPositions(CategoryLabelPositions.STANDARD);
    names.setCategoryLabelPositionOffset(8);
    names.setLowerMargin(0.01);
    names.setUpperMargin(0.01);
    names.setCategoryMargin(0.25);
    double[] lengths = bars.stream().mapToDouble(Bar::length).filter(Double::isFinite).toArray();
    NumberAxis numbers = PlotAxes.axis(new Plot.Axis(axis, false), lengths);
    numbers.setAutoRangeIncludesZero(true);
    // Room for the number at the end of the longest.
    numbers.setUpperMargin(0.3);
    CategoryPlot plot = new CategoryPlot(data, names, numbers, renderer());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(SvgTheme.GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(null, Canvas.LABELS, plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(4, 0, 0, 8));
    return chart;
  }

  private BarRenderer renderer() {
    BarRenderer renderer = new StyledBars(bars);
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setDrawBarOutline(false);
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator() {
          @Serial private static final long serialVersionUID = 1L;

          @Override
          public String generateLabel(CategoryDataset dataset, int row, int column) {
            return bars.get(column).label;
          }
        });
    renderer.setDefaultItemLabelFont(Canvas.LABELS);
    renderer.setDefaultItemLabelPaint(SvgTheme.TEXT);
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    return renderer;
  }

  /** Bars each in a colour of its own. */
  private static final class StyledBars extends BarRenderer {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Bar> bars;

    StyledBars(List<Bar> bars) {
      this.bars = bars;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      return SvgTheme.line(bars.get(column).style);
    }
  }

  /** A bar by its place, shown by its name. */
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
}
