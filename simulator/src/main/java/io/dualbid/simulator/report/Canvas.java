package io.dualbid.simulator.report;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;

/** Draws charts as SVG in the colours of the theme. */
final class Canvas {
  static final Font LABELS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private Canvas() {}

  static {
    // AWT must not look for a screen; fonts are only measured.
    System.setProperty("java.awt.headless", "true");
    // Else labels that stand upright are drawn as outlines, not as text.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  /** A name of letters, digits and '-', as ids and files can have it. */
  static String named(String name) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("a name of letters, digits and '-': " + name);
    }
    return name;
  }

  static String svg(
      JFreeChart chart, int width, int height, String name, String title, String description) {
    VectorGraphics2D canvas = new VectorGraphics2D();
    chart.draw(canvas, new Rectangle2D.Double(0, 0, width, height));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(canvas.getCommands(), new PageSize(0, 0, width, height))
          .writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String svg = bytes.toString(StandardCharsets.UTF_8);
    return SvgTheme.applied(svg, width, height, name, title, description);
  }
}
