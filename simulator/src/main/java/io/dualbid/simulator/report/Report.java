package io.dualbid.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** A page of text, tables and plots, in the order in which they are added. */
public final class Report {
  private final String title;
  private final List<String> sections = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  /** An empty page. */
  public Report(String title) {
    this.title = title;
  }

  /** Begins a section. */
  public Report section(String name) {
    sections.add(name);
    body.append("<h2 id=\"s")
        .append(sections.size())
        .append("\">")
        .append(Markup.escaped(name))
        .append("</h2>\n");
    return this;
  }

  /** Adds a paragraph. */
  public Report text(String paragraph) {
    body.append("<p>").append(Markup.escaped(paragraph)).append("</p>\n");
    return this;
  }

  /** Adds a paragraph with a command. */
  public Report command(String before, String command) {
    body.append("<p>")
        .append(Markup.escaped(before))
        .append(" <code>")
        .append(Markup.escaped(command))
        .append("</code></p>\n");
    return this;
  }

  /** Adds a table. */
  public Report table(Table table) {
    body.append(table.html());
    return this;
  }

  /** Adds a table that is shown on request: the numbers of a plot, for those who don't see it. */
  public Report numbers(Table table) {
    body.append("<details>\n<summary>")
        .append(Markup.escaped(table.caption()))
        .append("</summary>\n")
        .append(table.html())
        .append("</details>\n");
    return this;
  }

  /** Begins a part of a section. */
  public Report part(String name) {
    body.append("<h3>").append(Markup.escaped(name)).append("</h3>\n");
    return this;
  }

  /** Adds a plot with its caption. */
  public Report plot(Figure plot, String caption) {
    body.append("<figure>\n")
        .append(plot.svg())
        .append("\n<figcaption>")
        .append(Markup.escaped(caption))
        .append("</figcaption>\n</figure>\n");
    return this;
  }

  /** Adds plots side by side, with their titles above them and one caption below. */
  public Report plots(List<? extends Figure> plots, String caption) {
    body.append("<figure>\n<div class=\"side\">\n");
    for (Figure plot : plots) {
      body.append("<div>\n<p class=\"name\">")
          .append(Markup.escaped(plot.title()))
          .append("</p>\n")
          .append(plot.svg())
          .append("\n</div>\n");
    }
    body.append("</div>\n<figcaption>")
        .append(Markup.escaped(caption))
        .append("</figcaption>\n</figure>\n");
    return this;
  }

  /** The page; well-formed as XML too. */
  public String html() {
    StringBuilder html = new StringBuilder();
    html.append("<h1>")
        .append(Markup.escaped(title))
        .append("</h1>\n<nav aria-label=\"Contents\"><ul>\n");
    for (int i = 0; i < sections.size(); i++) {
      html.append("<li><a href=\"#s")
          .append(i + 1)
          .append("\">")
          .append(Markup.escaped(sections.get(i)))
          .append("</a></li>\n");
    }
    return Page.html(title, "", html.append("</ul></nav>\n").append(body).toString());
  }
}
