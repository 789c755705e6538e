package io.dualbid.simulator.placement;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.placement.Lost;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.text.SponsoredText;
import java.util.Locale;

/** An auction as one JSON document, numbers with all their digits. */
public final class OutcomeJson {
  private OutcomeJson() {}

  /** The document. */
  public static ObjectNode of(Outcome outcome) {
    PlacementResult result = outcome.result();
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "place");
    document.put("model", outcome.model());
    document.put("objective", result.objective().name().toLowerCase(Locale.ROOT));
    document.put("rule", result.rule());
    document.put("guarantee", result.guarantee());
    document.put("positions", outcome.instance().positions().size());
    document.put("welfare", result.welfare());
    document.put("revenue", result.revenue());
    document.put("no_click_probability", result.noClick());
    Reasons reasons = new Reasons(outcome);
    ArrayNode placements = document.putArray("placements");
    for (Placed placed : result.placed()) {
      placement(placements.addObject(), outcome, placed, reasons);
    }
    ArrayNode losers = document.putArray("losers");
    for (Lost lost : result.lost()) {
      loser(losers.addObject(), outcome, lost, reasons);
    }
    SponsoredText sponsored = outcome.sponsored();
    if (sponsored != null) {
      document.put("text", sponsored.text());
      ArrayNode insertions = document.putArray("insertions");
      for (SponsoredText.Insertion insertion : sponsored.insertions()) {
        insertions
            .addObject()
            .put("start", insertion.start())
            .put("end", insertion.end())
            .put("advertiser", outcome.instance().ads().get(insertion.creative()).id());
      }
    }
    return document;
  }

  private static void placement(ObjectNode node, Outcome outcome, Placed placed, Reasons reasons) {
    node.put("advertiser", placed.ad());
    node.put("position", placed.position());
    where(node, outcome, placed.ad(), placed.position());
    node.put("click_probability", placed.clickProbability());
    if (placed.showProbability() < 1) {
      node.put("show_probability", placed.showProbability());
    }
    node.put("bid", placed.bid());
    node.put("price_per_click", placed.pricePerClick());
    node.put("price_nanos", placed.priceNanos());
    node.put("expected_payment", placed.expectedPayment());
    node.put("reason", reasons.of(placed));
  }

  private static void loser(ObjectNode node, Outcome outcome, Lost lost, Reasons reasons) {
    node.put("advertiser", lost.ad());
    node.put("bid", lost.bid());
    node.put("reason", lost.reason().label());
    if (lost.bestPosition() >= 0) {
      node.put("best_position", lost.bestPosition());
      where(node, outcome, lost.ad(), lost.bestPosition());
    }
    if (lost.against() != null) {
      node.put("against", lost.against());
    }
    if (Double.isFinite(lost.bidNeeded())) {
      node.put("bid_needed", lost.bidNeeded());
    } else {
      node.putNull("bid_needed");
    }
    node.put("explanation", reasons.of(lost));
  }

  private static void where(ObjectNode node, Outcome outcome, String ad, int position) {
    node.put("click_weight", outcome.ad(ad).clickWeight(position));
    FittedContent fitted = outcome.fitted();
    if (fitted != null) {
      node.put("offset", fitted.points().get(position).offset());
      node.put("fit", fitted.cosine(outcome.index(ad), position));
      node.put("context", outcome.before(position));
    }
  }
}
