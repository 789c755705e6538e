package io.dualbid.simulator.report;

import java.io.Serial;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Arrays;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.NumberTickUnitSource;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Makes the axes of plots. Logarithmic ones are plain axes of logarithms, labelled by the numbers
 * themselves: the library's own draw their labels as outlines, not as text.
 */
final class PlotAxes {
  private static final double MARGIN = 0.04;

  private PlotAxes() {}

  /** Where a value stands on an axis. */
  static double position(Plot.Axis axis, double value) {
    return axis.logarithmic() ? Math.log10(value) : value;
  }

  /** An axis on which these values are to be seen; on a logarithmic one those above 0. */
  static NumberAxis axis(Plot.Axis wanted, double[] values) {
    NumberAxis axis =
        wanted.names().isEmpty()
            ? new NumberAxis(wanted.label())
            : new SymbolAxis(wanted.label(), wanted.names().toArray(String[]::new));
    if (axis instanceof SymbolAxis named) {
      named.setGridBandsVisible(false);
      named.setRange(-0.5, wanted.names().size() - 0.5);
    } else if (wanted.logarithmic()) {
      double[] logs = Arrays.stream(values).filter(v -> v > 0).map(Math::log10).toArray();
      double low = Math.floor(Arrays.stream(logs).min().orElse(0));
      double high = Math.max(low + 1, Math.ceil(Arrays.stream(logs).max().orElse(1)));
      axis.setRange(low - MARGIN, high + MARGIN);
      axis.setTickUnit(new NumberTickUnit(1, new PowerFormat()));
    } else {
      axis.setAutoRangeIncludesZero(false);
      axis.setStandardTickUnits(new NumberTickUnitSource(false, format()));
    }
    // Fewer numbers, which stand apart.
    axis.setTickLabelInsets(new RectangleInsets(8, 6, 8, 6));
    axis.setLabelFont(Canvas.LABELS);
    axis.setTickLabelFont(Canvas.LABELS);
    axis.setLabelPaint(SvgTheme.TEXT);
    axis.setTickLabelPaint(SvgTheme.TEXT);
    axis.setAxisLinePaint(SvgTheme.TEXT);
    axis.setTickMarkPaint(SvgTheme.TEXT);
    return axis;
  }

  private static NumberFormat format() {
    NumberFormat format = NumberFormat.getInstance(Locale.ROOT);
    format.setMaximumFractionDigits(9);
    return format;
  }

  /** A power of ten by its exponent. */
  private static final class PowerFormat extends NumberFormat {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(double exponent, StringBuffer into, FieldPosition position) {
      return into.append(PlotAxes.format().format(Math.pow(10, Math.rint(exponent))));
    }

    @Override
    public StringBuffer format(long exponent, StringBuffer into, FieldPosition position) {
      return format((double) exponent, into, position);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
      throw new UnsupportedOperationException("labels are not read: " + source);
    }
  }
}
