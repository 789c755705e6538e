package io.dualbid.simulator.report;

import java.awt.Color;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours that follow the theme. Plots are drawn in placeholders, each a colour used for nothing
 * else; here they become variables of the style sheet, which has values for light and for dark.
 */
final class SvgTheme {
  static final Color TEXT = new Color(1, 2, 3);
  static final Color GRID = new Color(4, 5, 6);
  static final Color SOFT = new Color(4, 5, 7);
  static final Color BAR = new Color(4, 5, 8);

  /** Colours of lines; beyond them they begin anew, with other dashes. */
  private static final int LINES = 7;

  /**
   * Values of all variables. The lines' contrast with the ground is at least 3 to 1 in both themes.
   */
  static final String VARIABLES =
      """
      :root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --soft: #57606a;
        --grid: #d8dee4; --bar: #8fa3b8; --l0: #0b5cad; --l1: #b3410e; --l2: #1a7f37; --l3: #8250df; --l4: #9a6700;
        --l5: #bf3989; --l6: #57606a; }
      @media (prefers-color-scheme: dark) {
        :root { --ground: #0d1117; --text: #e6edf3; --soft: #9da7b3; --grid: #30363d; --bar: #5d7187;
          --l0: #6cb6ff;
          --l1: #f69d50; --l2: #6bc46d; --l3: #c297ff; --l4: #daaa3f; --l5: #fc8dc7; --l6: #adbac7; }
      }
      @media print {
        :root { --ground: #ffffff; --text: #000000; --soft: #333333; --grid: #cccccc;
          --bar: #8fa3b8; --l0: #0b5cad; --l1: #b3410e; --l2: #1a7f37; --l3: #8250df; --l4: #9a6700; --l5: #bf3989;
          --l6: #57606a; }
      }
      """;

  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern LONG_DECIMAL = Pattern.compile("(\\.\\d\\d)\\d+");
  private static final Pattern FONT = Pattern.compile("font-family:[^\">]*?&quot;;");
  private static final Pattern CLIP = Pattern.compile("\\bclip(?=-?[0-9])");

  private SvgTheme() {}

  /** The placeholder of a line. */
  static Color line(int index) {
    return new Color(7, 8, 10 + index % LINES);
  }

  /**
   * The drawing with the theme's colours, as wide as the page allows, named and described.
   *
   * @param svg an SVG document
   * @param name what its ids begin with, so that they differ from those of other drawings
   */
  static String applied(
      String svg, int width, int height, String name, String title, String description) {
    String content = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1).strip();
    String themed =
        content
            .replace(rgb(TEXT), "var(--text)")
            .replace(rgb(GRID), "var(--grid)")
            .replace(rgb(SOFT), "var(--soft)")
            .replace(rgb(BAR), "var(--bar)");
    for (int i = 0; i < LINES; i++) {
      themed = themed.replace(rgb(line(i)), "var(--l" + i + ")");
    }
    // Of places, that is, not of the numbers that are to be read.
    themed =
        TAG.matcher(themed)
            .replaceAll(
                tag ->
                    Matcher.quoteReplacement(LONG_DECIMAL.matcher(tag.group()).replaceAll("$1")));
    themed = FONT.matcher(themed).replaceAll("font-family:sans-serif;");
    themed = CLIP.matcher(themed).replaceAll(name + "-clip");
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-labelledby=\"%s-title %s-desc\">\n<title id=\"%s-title\">%s</title>\n"
                + "<desc id=\"%s-desc\">%s</desc>\n",
            width,
            height,
            name,
            name,
            name,
            Markup.escaped(title),
            name,
            Markup.escaped(description))
        + themed;
  }

  /** The drawing with values for its colours, on a ground of its own. */
  static String standalone(String svg) {
    int end = svg.indexOf("</desc>") + "</desc>".length();
    return svg.substring(0, end)
        + "<style>"
        + VARIABLES
        + "</style><rect width=\"100%\" height=\"100%\" style=\"fill:var(--ground)\"/>"
        + svg.substring(end)
        + "\n";
  }

  private static String rgb(Color color) {
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }
}
