package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.simulator.report.Markup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A drawing of how each creative fits at each position, and where those that are shown stand. */
final class FitMap {
  private static final int WIDTH = 1000;
  private static final int NAMES = 150;
  private static final int ROW = 24;
  private static final int TOP = 30;
  private static final int GAP = 2;

  /** The fit that is drawn in full colour. */
  private static final double FULL = 0.7;

  private final Outcome outcome;
  private final FittedContent fitted;
  private final StringBuilder svg = new StringBuilder();

  private FitMap(Outcome outcome, FittedContent fitted) {
    this.outcome = outcome;
    this.fitted = fitted;
  }

  /** Creatives in the order of the rows: those shown as they are read, then by their best fit. */
  static List<String> rows(Outcome outcome, FittedContent fitted) {
    List<String> rows = new ArrayList<>();
    outcome.result().placed().forEach(placed -> rows.add(placed.ad()));
    List<String> others = new ArrayList<>();
    outcome.result().lost().forEach(lost -> others.add(lost.ad()));
    others.sort(
        Comparator.comparingDouble(
            ad -> -fitted.cosine(outcome.index(ad), Math.max(0, outcome.bestFit(ad)))));
    rows.addAll(others);
    return rows;
  }

  /** The drawing, within a page that defines the colours. */
  static String svg(Outcome outcome, FittedContent fitted) {
    return new FitMap(outcome, fitted).drawn();
  }

  private String drawn() {
    List<String> rows = rows(outcome, fitted);
    int positions = fitted.points().size();
    double cell = (double) (WIDTH - NAMES) / positions;
    Map<String, Integer> standing = new HashMap<>();
    for (Placed placed : outcome.result().placed()) {
      standing.put(placed.ad(), placed.position());
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-labelledby=\"fit-title fit-desc\">%n<title id=\"fit-title\">Fit of each"
                + " creative at each position</title>%n<desc id=\"fit-desc\">Rows are creatives,"
                + " columns positions in reading order; the stronger the colour the better the fit."
                + " Outlined: where ads stand. Grey: below the floor.</desc>%n",
            WIDTH,
            TOP + ROW * rows.size()));
    for (int j = 0; j < positions; j++) {
      text(NAMES + (j + 0.5) * cell, TOP - 10, "middle", Integer.toString(j));
    }
    for (int r = 0; r < rows.size(); r++) {
      String ad = rows.get(r);
      double y = TOP + r * ROW;
      text(NAMES - 8, y + ROW * 0.68, "end", ad);
      for (int j = 0; j < positions; j++) {
        double cosine = fitted.cosine(outcome.index(ad), j);
        boolean fits = cosine >= outcome.instance().limits().fitFloor();
        cell(NAMES + j * cell, y, cell - GAP, fits, cosine);
      }
      Integer stands = standing.get(ad);
      if (stands != null) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"3\""
                    + " style=\"fill:none;stroke:var(--l1);stroke-width:3\"/>%n",
                NAMES + stands * cell - 1,
                y - 1,
                cell,
                ROW));
      }
    }
    return svg.append("</svg>").toString();
  }

  private void cell(double x, double y, double width, boolean fits, double cosine) {
    double strength = Math.max(0, Math.min(1, cosine / FULL));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"2\""
                + " style=\"fill:var(%s);fill-opacity:%.2f\"/>%n",
            x,
            y,
            width,
            ROW - GAP,
            fits ? "--l0" : "--soft",
            fits ? 0.15 + 0.85 * strength : 0.05 + 0.3 * strength));
  }

  private void text(double x, double y, String anchor, String words) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" style=\"fill:var(--text);font:13px"
                + " system-ui,sans-serif\">%s</text>%n",
            x,
            y,
            anchor,
            Markup.escaped(words)));
  }
}
