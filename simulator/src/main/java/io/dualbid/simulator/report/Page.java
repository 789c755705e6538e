package io.dualbid.simulator.report;

/** A page that needs nothing else: no network, no script; in light and dark, and on paper. */
public final class Page {
  /** Rules of style that give the colours of all pages, in light and dark, as variables. */
  public static final String COLOURS = SvgTheme.VARIABLES;

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

  private Page() {}

  /**
   * The page; well-formed as XML too.
   *
   * @param style further rules of style; colours are variables such as {@code var(--text)}
   * @param main what is within its main element, HTML
   */
  public static String html(String title, String style, String main) {
    return "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n"
        + "<head>\n<meta charset=\"utf-8\"/>\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>"
        + Markup.escaped(title)
        + "</title>\n<style>\n"
        + COLOURS
        + STYLE
        + style
        + "</style>\n</head>\n<body>\n<main>\n"
        + main
        + "</main>\n</body>\n</html>\n";
  }
}
