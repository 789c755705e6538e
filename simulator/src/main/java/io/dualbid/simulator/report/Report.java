package io.dualbid.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** A page of text, tables and plots, in the order in which they are added. */
public final class Report {
  private static final String STYLE =
      """
      body { background: var(--ground); color: var(--text); margin: 0 auto; max-width: 60rem;
        padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; }
      h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
      h2 { margin-top: 2.5rem; }
      p, figcaption, caption { max-width: 46rem; }
      figure { margin: 1rem 0; break-inside: avoid; }
      svg { display: block; width: 100%; height: auto; }
      figcaption { color: var(--soft); }
      .side { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr));
        gap: 1rem; }
      .side > div { break-inside: avoid; }
      .name { margin: 0; font-weight: 500; overflow-wrap: anywhere; }
      summary { cursor: pointer; color: var(--soft); }
      .scroll { overflow-x: auto; }
      .scroll:focus-visible, a:focus-visible, summary:focus-visible {
        outline: 2px solid var(--l0); outline-offset: 2px; }
      table { border-collapse: collapse; font-size: 0.875rem;
        font-variant-numeric: tabular-nums; margin: 0.5rem 0; }
      caption { text-align: left; color: var(--soft); padding-bottom: 0.25rem; }
      th, td { border-bottom: 1px solid var(--grid); padding: 0.25rem 0.6rem 0.25rem 0;
        text-align: right; white-space: nowrap; }
      th { font-weight: 500; }
      th[scope=row], thead th:first-child { text-align: left; }
      code { font: 0.9em ui-monospace, monospace; overflow-wrap: anywhere; }
      nav ul { padding-left: 1.25rem; }
      a { color: var(--l0); }
      @media print { body { max-width: none; padding: 0; } nav { display: none; }
        .scroll { overflow: visible; } table { font-size: 0.8rem; } }
      """;

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
    html.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n")
        .append("<head>\n<meta charset=\"utf-8\"/>\n")
        .append(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>")
        .append(Markup.escaped(title))
        .append("</title>\n<style>\n")
        .append(SvgTheme.VARIABLES)
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n<h1>")
        .append(Markup.escaped(title))
        .append("</h1>\n<nav aria-label=\"Contents\"><ul>\n");
    for (int i = 0; i < sections.size(); i++) {
      html.append("<li><a href=\"#s")
          .append(i + 1)
          .append("\">")
          .append(Markup.escaped(sections.get(i)))
          .append("</a></li>\n");
    }
    return html.append("</ul></nav>\n")
        .append(body)
        .append("</main>\n</body>\n</html>\n")
        .toString();
  }
}
