package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Lost;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.text.SponsoredText;
import java.util.Locale;

/** An auction for a terminal: the content with its ads, a table, its reasons and a summary. */
public final class OutcomeText {
  private OutcomeText() {}

  /** All of it, ending with a line break. */
  public static String of(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    SponsoredText sponsored = outcome.sponsored();
    if (sponsored != null) {
      text.append(sponsored.text().stripTrailing()).append("\n\n").append("-".repeat(72));
      text.append("\n\n");
    }
    table(outcome, text);
    Reasons reasons = new Reasons(outcome);
    text.append('\n');
    for (Placed placed : outcome.result().placed()) {
      text.append(placed.ad()).append(": ").append(reasons.of(placed));
      text.append(after(outcome, placed.position())).append('\n');
    }
    for (Lost lost : outcome.result().lost()) {
      text.append(lost.ad()).append(": ").append(reasons.of(lost)).append('\n');
    }
    return text.append('\n').append(summary(outcome)).toString();
  }

  private static void table(Outcome outcome, StringBuilder text) {
    int width = 8;
    for (var ad : outcome.instance().ads()) {
      width = Math.max(width, ad.id().length());
    }
    String columns = "%-" + width + "s  %8s  %6s  %8s  %8s  %8s  %8s  %10s  %s%n";
    text.append(
        String.format(
            columns,
            "creative",
            "position",
            "fit",
            "weight",
            "click",
            "bid",
            "price",
            "bid needed",
            ""));
    for (Placed placed : outcome.result().placed()) {
      text.append(
          String.format(
              columns,
              placed.ad(),
              placed.position(),
              fit(outcome, placed.ad(), placed.position()),
              Reasons.number(outcome.ad(placed.ad()).clickWeight(placed.position())),
              Reasons.number(placed.clickProbability()),
              Reasons.number(placed.bid()),
              Reasons.number(placed.pricePerClick()),
              "",
              "shown"));
    }
    for (Lost lost : outcome.result().lost()) {
      boolean somewhere = lost.bestPosition() >= 0;
      text.append(
          String.format(
              columns,
              lost.ad(),
              "",
              fit(outcome, lost.ad(), somewhere ? lost.bestPosition() : outcome.bestFit(lost.ad())),
              somewhere
                  ? Reasons.number(outcome.ad(lost.ad()).clickWeight(lost.bestPosition()))
                  : "",
              "",
              Reasons.number(lost.bid()),
              "",
              Double.isFinite(lost.bidNeeded()) ? Reasons.number(lost.bidNeeded()) : "none",
              lost.reason().label()));
    }
  }

  private static String fit(Outcome outcome, String ad, int position) {
    return outcome.fitted() == null || position < 0
        ? "-"
        : String.format(Locale.ROOT, "%.3f", outcome.fitted().cosine(outcome.index(ad), position));
  }

  private static String after(Outcome outcome, int position) {
    String before = outcome.before(position);
    return before.isEmpty() ? "" : " After \"" + before + "\"";
  }

  private static String summary(Outcome outcome) {
    PlacementResult result = outcome.result();
    return String.format(
        Locale.ROOT,
        "%s users, %s, by %s (%s); %d positions, %d creatives%n"
            + "welfare %s, expected revenue %s per answer; no click with probability %s%n",
        outcome.model(),
        result.objective().name().toLowerCase(Locale.ROOT),
        result.rule(),
        guarantee(result),
        outcome.instance().positions().size(),
        outcome.instance().ads().size(),
        Reasons.number(result.welfare()),
        Reasons.number(result.revenue()),
        Reasons.number(result.noClick()));
  }

  static String guarantee(PlacementResult result) {
    return result.guarantee() >= 1
        ? "the optimum"
        : "at least " + Reasons.number(result.guarantee()) + " of the optimum";
  }
}
