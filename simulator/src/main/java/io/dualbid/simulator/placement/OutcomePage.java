package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Lost;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.simulator.report.Markup;
import io.dualbid.simulator.report.Page;
import io.dualbid.simulator.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An auction as a page: the text as a reader sees it, and the auction beside it. */
public final class OutcomePage {
  private static final String STYLE =
      """
      body { max-width: 76rem; }
      .both { display: grid; grid-template-columns: minmax(0, 1.6fr) minmax(19rem, 1fr);
        gap: 1.5rem 3rem; align-items: start; }
      @media (max-width: 60rem) { .both { grid-template-columns: minmax(0, 1fr); } }
      .reader { font: 1.0625rem/1.65 ui-serif, Georgia, "Times New Roman", serif;
        border: 1px solid var(--grid); border-radius: 10px; padding: 0.5rem 2rem 1.5rem; }
      .reader h2, .reader h3 { font-family: system-ui, sans-serif; }
      .reader h2 { margin-top: 1.25rem; }
      .reader p, .reader li { max-width: 42rem; }
      .reader pre { overflow-x: auto; padding: 0.75rem 1rem; border: 1px solid var(--grid);
        border-radius: 6px; line-height: 1.4; }
      .reader pre:focus-visible { outline: 2px solid var(--l0); }
      .reader blockquote { margin: 1rem 0; padding-left: 1rem; color: var(--soft);
        border-left: 3px solid var(--grid); }
      .reader table { font: 0.9rem/1.4 system-ui, sans-serif; }
      .reader th, .reader td { text-align: left; padding: 0.3rem 1.5rem 0.3rem 0; white-space: normal; }
      .ad { background: color-mix(in srgb, var(--l4) 12%, var(--ground)); border-radius: 4px; }
      span.ad { padding: 0.1em 0.3em; -webkit-box-decoration-break: clone;
        box-decoration-break: clone; }
      div.ad { max-width: 42rem; margin: 1rem 0; padding: 0.6rem 0.9rem;
        border-left: 3px solid var(--l4); }
      .tag { font: 600 0.72em/1 system-ui, sans-serif; letter-spacing: 0.04em;
        text-transform: uppercase; color: var(--text); margin-right: 0.2em; }
      .number { display: inline-block; min-width: 1.35em; border-radius: 0.7em; text-align: center;
        font: 600 0.75rem/1.35em system-ui, sans-serif; text-decoration: none;
        color: var(--ground); background: var(--l0); }
      .number:focus-visible { outline: 2px solid var(--l1); outline-offset: 2px; }
      .auction h2 { margin-top: 0.5rem; }
      .auction h3 { margin: 0 0 0.25rem; font-size: 1.05rem; }
      .facts { display: grid; grid-template-columns: auto 1fr; gap: 0.15rem 1rem; margin: 0.5rem 0 1.5rem; }
      .facts dt { color: var(--soft); } .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
      .why { list-style: none; padding: 0; margin: 0; }
      .why li { border: 1px solid var(--grid); border-radius: 8px; padding: 0.8rem 1rem; margin: 0 0 1rem; }
      .why li:target, .ad:target { outline: 2px solid var(--l1); }
      .why p { margin: 0.4rem 0 0; font-size: 0.92rem; } .why .facts { margin: 0.4rem 0; font-size: 0.92rem; }
      .bar { height: 8px; border-radius: 4px; background: var(--grid); overflow: hidden; }
      .bar span { display: block; height: 8px; background: var(--l1); }
      .soft { color: var(--soft); }
      .lost td, .lost thead th { text-align: left; }
      .lost td:last-child { white-space: normal; min-width: 18rem; }
      """;

  private final String title;
  private final Outcome outcome;
  private final Reasons reasons;
  private final StringBuilder body = new StringBuilder();

  private OutcomePage(String title, Outcome outcome) {
    this.title = title;
    this.outcome = outcome;
    this.reasons = new Reasons(outcome);
  }

  /**
   * The page.
   *
   * @param name of the content
   */
  public static String of(String name, Outcome outcome) {
    return new OutcomePage("Ads in " + name, outcome).html();
  }

  private String html() {
    body.append("<h1>").append(Markup.escaped(title)).append("</h1>\n<div class=\"both\">\n");
    FittedContent fitted = outcome.fitted();
    if (fitted != null) {
      List<Placed> placed = outcome.result().placed();
      List<String> texts =
          placed.stream()
              .map(each -> fitted.creatives().get(outcome.index(each.ad())).text())
              .toList();
      body.append("<article class=\"reader\" aria-label=\"The text as a reader sees it\">\n")
          .append(ReaderView.html(fitted, placed, texts))
          .append("</article>\n");
    }
    auction();
    body.append("</div>\n");
    lost();
    if (fitted != null && !fitted.points().isEmpty() && !fitted.creatives().isEmpty()) {
      fit(fitted);
    }
    return Page.html(title, STYLE, body.toString());
  }

  private void auction() {
    PlacementResult result = outcome.result();
    body.append("<section class=\"auction\" aria-label=\"The auction\">\n<h2>The auction</h2>\n");
    facts(
        "Users",
        outcome.model().equals("mnl") ? "compare all ads (MNL)" : "read from the top (cascade)",
        "Objective",
        result.objective().name().toLowerCase(Locale.ROOT),
        "Rule",
        result.rule() + ", " + OutcomeText.guarantee(result),
        "Welfare",
        Reasons.number(result.welfare()) + " per answer",
        "Expected revenue",
        Reasons.number(result.revenue()) + " per answer",
        "No click",
        percent(result.noClick()));
    body.append("<ol class=\"why\">\n");
    int number = 1;
    for (Placed placed : result.placed()) {
      card(number++, placed);
    }
    body.append("</ol>\n");
    if (result.placed().isEmpty()) {
      body.append("<p>No ad is shown.</p>\n");
    }
    body.append("</section>\n");
  }

  private void card(int number, Placed placed) {
    body.append("<li id=\"why-").append(number).append("\">\n<h3>");
    if (outcome.fitted() != null) {
      body.append("<a class=\"number\" href=\"#ad-")
          .append(number)
          .append("\" aria-label=\"Ad ")
          .append(number)
          .append(" in the text\">")
          .append(number)
          .append("</a> ");
    }
    body.append(Markup.escaped(placed.ad())).append("</h3>\n");
    double share = placed.bid() == 0 ? 0 : placed.pricePerClick() / placed.bid();
    body.append(
        String.format(
            Locale.ROOT,
            "<div class=\"bar\" aria-hidden=\"true\"><span style=\"width:%.1f%%\"></span></div>%n",
            100 * share));
    List<String> facts =
        new ArrayList<>(
            List.of(
                "Price per click",
                Reasons.number(placed.pricePerClick())
                    + " of "
                    + Reasons.number(placed.bid())
                    + " bid",
                "Click probability",
                percent(placed.clickProbability()),
                "Position",
                Integer.toString(placed.position())));
    FittedContent fitted = outcome.fitted();
    if (fitted != null) {
      facts.add("Fit");
      facts.add(
          String.format(
              Locale.ROOT, "%.3f", fitted.cosine(outcome.index(placed.ad()), placed.position())));
    }
    facts.add("Click weight");
    facts.add(Reasons.number(outcome.ad(placed.ad()).clickWeight(placed.position())));
    facts(facts.toArray(String[]::new));
    body.append("<p>").append(Markup.escaped(reasons.of(placed))).append("</p>\n</li>\n");
  }

  private void facts(String... names) {
    body.append("<dl class=\"facts\">\n");
    for (int i = 0; i < names.length; i += 2) {
      body.append("<dt>")
          .append(Markup.escaped(names[i]))
          .append("</dt><dd>")
          .append(Markup.escaped(names[i + 1]))
          .append("</dd>\n");
    }
    body.append("</dl>\n");
  }

  private void lost() {
    if (outcome.result().lost().isEmpty()) {
      return;
    }
    Table table =
        new Table(
            "What would have been shown, and at what bid",
            List.of("Creative", "Bid", "Bid needed", "Reason"));
    List<Lost> nearestFirst = new ArrayList<>(outcome.result().lost());
    nearestFirst.sort(Comparator.comparing(lost -> !Double.isFinite(lost.bidNeeded())));
    for (Lost lost : nearestFirst) {
      table.row(
          List.of(
              lost.ad(),
              Reasons.number(lost.bid()),
              Double.isFinite(lost.bidNeeded()) ? Reasons.number(lost.bidNeeded()) : "none",
              lost.reason().label() + ": " + reasons.of(lost)));
    }
    body.append("<section class=\"lost\">\n<h2>Not shown</h2>\n")
        .append(table.html())
        .append("</section>\n");
  }

  private void fit(FittedContent fitted) {
    body.append("<section>\n<h2>Fit</h2>\n<figure>\n")
        .append(FitMap.svg(outcome, fitted))
        .append("\n<figcaption>")
        .append(
            Markup.escaped(
                "Fit (cosine) of each creative at each position in reading order; outlined where ads"
                    + " stand, grey below the floor of "
                    + String.format(Locale.ROOT, "%.2f", outcome.instance().limits().fitFloor())
                    + ", where an ad is shown at no bid."))
        .append("</figcaption>\n</figure>\n<details>\n<summary>Fit in numbers</summary>\n");
    List<String> header = new ArrayList<>(List.of("Creative"));
    for (int j = 0; j < fitted.points().size(); j++) {
      header.add(Integer.toString(j));
    }
    Table table = new Table("Fit by position", header);
    for (String ad : FitMap.rows(outcome, fitted)) {
      List<String> row = new ArrayList<>(List.of(ad));
      for (int j = 0; j < fitted.points().size(); j++) {
        row.add(String.format(Locale.ROOT, "%.2f", fitted.cosine(outcome.index(ad), j)));
      }
      table.row(row);
    }
    body.append(table.html()).append("</details>\n</section>\n");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
