package io.dualbid.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** A table; the first column names its rows. */
public final class Table {
  private final String caption;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /** An empty table. */
  public Table(String caption, List<String> header) {
    this.caption = caption;
    this.header = List.copyOf(header);
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException unless it has a cell for each column
   */
  public Table row(List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(
          "a cell for each of " + header.size() + " columns: " + cells);
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  String caption() {
    return caption;
  }

  /** The table within a page. */
  public String html() {
    StringBuilder html = new StringBuilder();
    // Reachable by keyboard, so that a wide one can be scrolled.
    html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(Markup.escaped(caption))
        .append("\">\n<table>\n<caption>")
        .append(Markup.escaped(caption))
        .append("</caption>\n<thead><tr>");
    for (String name : header) {
      html.append("<th scope=\"col\">").append(Markup.escaped(name)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(Markup.escaped(row.get(0))).append("</th>");
      for (String cell : row.subList(1, row.size())) {
        html.append("<td>").append(Markup.escaped(cell)).append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n</div>\n").toString();
  }
}
