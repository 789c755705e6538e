package io.dualbid.simulator.whatif;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.dualbid.simulator.whatif.Curve.Point;
import io.dualbid.simulator.whatif.Curve.Question;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A curve as a document, as rows and as a table for a terminal. */
public final class CurveFiles {
  private final Curve curve;
  private final boolean ofBudget;

  /** Of this curve. */
  public CurveFiles(Curve curve) {
    this.curve = curve;
    this.ofBudget = curve.question() == Question.BUDGET;
  }

  /** All of it, without the head that every document has. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "what-if");
    json.put("question", curve.question().label());
    json.put("campaign", curve.campaign());
    json.put("policy", curve.policy());
    put(json, "base_budget", curve.base() > 0 ? curve.base() : Double.NaN);
    ArrayNode points = json.putArray("points");
    for (int i = 0; i < curve.points().size(); i++) {
      ObjectNode point = points.addObject();
      figures(i).forEach((key, value) -> put(point, key, value));
    }
    return json;
  }

  private static void put(ObjectNode json, String key, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.putNull(key);
    } else if (value == Math.rint(value) && (key.equals("wins") || key.equals("clicks"))) {
      json.put(key, (long) value);
    } else {
      json.put(key, value);
    }
  }

  /** Names and numbers of a point; NaN for what there is not. */
  private Map<String, Double> figures(int index) {
    Point point = curve.points().get(index);
    Curve.Played played = point.played();
    Curve.Optimum optimum = point.optimum();
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("budget", point.budget());
    if (curve.base() > 0) {
      figures.put("budget_factor", point.budget() / curve.base());
    }
    figures.put("target_ros", point.targetRos() > 0 ? point.targetRos() : Double.NaN);
    figures.put("value", played.value());
    figures.put("spend", played.spend());
    figures.put("wins", (double) played.wins());
    figures.put("clicks", (double) played.clicks());
    figures.put("cost_per_click", played.costPerClick());
    figures.put("ros", played.ros());
    figures.put("violation", Math.max(0, -played.slack()));
    figures.put("hindsight_value", optimum.value());
    figures.put("hindsight_spend", optimum.spend());
    figures.put("ratio", point.ratio());
    figures.put("shadow_price", optimum.budgetPrice());
    if (!ofBudget) {
      figures.put("target_price", optimum.targetPrice());
    }
    figures.put("multiplier_last", played.lastMultiplier());
    figures.put("multiplier_mean", played.meanMultiplier());
    figures.put("marginal_value", curve.slope(index, p -> p.played().value()));
    figures.put("hindsight_marginal_value", curve.slope(index, p -> p.optimum().value()));
    return figures;
  }

  /** A row for each point. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(List.copyOf(figures(0).keySet()));
      for (int i = 0; i < curve.points().size(); i++) {
        csv.writeRecord(
            figures(i).values().stream()
                .map(value -> Double.isFinite(value) ? Double.toString(value) : "")
                .toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** For a terminal. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%8s %12s %12s %8s %10s %10s %12s %7s %11s %11s %11s%n",
            ofBudget ? "budget x" : "target",
            ofBudget ? "budget" : "spend",
            "value",
            "clicks",
            "per click",
            "ros",
            "hindsight",
            "ratio",
            ofBudget ? "shadow" : "one less",
            "multiplier",
            "to next"));
    for (int i = 0; i < curve.points().size(); i++) {
      Point point = curve.points().get(i);
      Curve.Played played = point.played();
      text.append(
          String.format(
              Locale.ROOT,
              "%8s %12s %12s %8d %10s %10s %12s %7.4f %11s %11s %11s%n",
              four(ofBudget ? point.budget() / curve.base() : point.targetRos()),
              amount(ofBudget ? point.budget() : played.spend()),
              amount(played.value()),
              played.clicks(),
              amount(played.costPerClick()),
              amount(played.ros()),
              amount(point.optimum().value()),
              point.ratio(),
              amount(ofBudget ? point.optimum().budgetPrice() : point.optimum().targetPrice()),
              amount(played.meanMultiplier()),
              amount(curve.slope(i, p -> p.played().value()))));
    }
    text.append(
        ofBudget
            ? "shadow: value of one more unit of budget, exactly, in hindsight; multiplier: the same"
                + " as the policy measured it, mean over the auctions;\nto next: value for each unit"
                + " of budget from this row to the next, as played\n"
            : "one less: value gained by a target lower by one, exactly, in hindsight; multiplier:"
                + " that of the return, mean over the auctions;\nto next: value for each unit of"
                + " target from this row to the next, as played\n");
    return text.toString();
  }

  static String amount(double number) {
    if (!Double.isFinite(number)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(number) >= 10_000 ? "%.0f" : "%.4g", number);
  }

  private static String four(double number) {
    return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4f", number) : "-";
  }
}
