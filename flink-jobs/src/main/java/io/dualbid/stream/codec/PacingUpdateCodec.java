package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ExpectedCharges;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.PriceCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Multipliers and ledgers. */
public final class PacingUpdateCodec {
  private PacingUpdateCodec() {}

  /** An update as a record. */
  public static byte[] encode(PacingUpdate update) {
    LedgerSummary ledger = update.ledger();
    Totals totals = update.totals();
    return Json.object(
        out -> {
          out.writeStringField("campaign", update.campaign());
          out.writeNumberField("epoch", update.epoch());
          out.writeStringField("state", update.state().label());
          Multipliers multipliers = update.multipliers();
          if (!Double.isNaN(multipliers.budget())) {
            Json.writeNumber(out, "multiplier", multipliers.budget());
            Json.writeNumber(out, "ros_multiplier", multipliers.ros());
            Json.writeNumber(out, "participation", multipliers.participation());
            Json.writeNumber(out, "calibration", multipliers.calibration());
          }
          if (multipliers.load() != 0) {
            Json.writeNumber(out, "load", multipliers.load());
          }
          PriceCurve landscape = update.landscape();
          if (landscape != null) {
            out.writeObjectFieldStart("landscape");
            writeNumbers(out, "prices", landscape.prices());
            writeNumbers(out, "probabilities", landscape.probabilities());
            out.writeEndObject();
          }
          out.writeObjectFieldStart("ledger");
          out.writeNumberField("budget_nanos", ledger.budgetNanos());
          out.writeNumberField("ceiling_nanos", ledger.ceilingNanos());
          out.writeNumberField("spent_nanos", ledger.spentNanos());
          out.writeNumberField("reserved_nanos", ledger.reservedNanos());
          out.writeNumberField("leased_nanos", ledger.leasedNanos());
          if (!ledger.expected().equals(ExpectedCharges.NONE)) {
            out.writeObjectFieldStart("expected");
            out.writeNumberField("leased_nanos", ledger.expected().leasedNanos());
            out.writeNumberField("bid_nanos", ledger.expected().bidNanos());
            out.writeNumberField("shown_nanos", ledger.expected().shownNanos());
            out.writeEndObject();
          }
          out.writeEndObject();
          out.writeObjectFieldStart("position");
          out.writeNumberField("bids", update.position().bids());
          out.writeNumberField("outcomes", update.position().outcomes());
          out.writeEndObject();
          out.writeObjectFieldStart("totals");
          out.writeNumberField("bids", totals.bids());
          out.writeNumberField("late_bids", totals.lateBids());
          out.writeNumberField("duplicate_bids", totals.duplicateBids());
          out.writeNumberField("wins", totals.wins());
          out.writeNumberField("losses", totals.losses());
          out.writeNumberField("expired", totals.expired());
          out.writeNumberField("late_wins", totals.lateWins());
          out.writeNumberField("duplicates", totals.duplicates());
          out.writeNumberField("unmatched", totals.unmatched());
          out.writeNumberField("disputed", totals.disputed());
          out.writeNumberField("clicks", totals.clicks());
          out.writeNumberField("conversions", totals.conversions());
          Json.writeNumber(out, "value", totals.value());
          Json.writeNumber(out, "realised_value", totals.realisedValue());
          out.writeNumberField("slack_nanos", totals.slackNanos());
          out.writeNumberField("realised_slack_nanos", totals.realisedSlackNanos());
          out.writeNumberField("corrections", totals.corrections());
          ClickCounts clicks = totals.paidClicks();
          if (!clicks.equals(ClickCounts.NONE)) {
            out.writeObjectFieldStart("paid_clicks");
            out.writeNumberField("charged", clicks.charged());
            out.writeNumberField("free", clicks.free());
            out.writeNumberField("late", clicks.late());
            out.writeNumberField("uncollected_nanos", clicks.uncollectedNanos());
            out.writeEndObject();
          }
          out.writeNumberField("planned_nanos", totals.plannedNanos());
          Json.writeNumber(out, "feedback_age_ms", totals.feedbackAgeMillis());
          out.writeEndObject();
          String problem = update.problem();
          if (problem != null) {
            out.writeStringField("problem", problem);
          }
        });
  }

  /** Reads an update. */
  public static PacingUpdate decode(byte @Nullable [] value) throws UnreadableRecord {
    JsonNode node = Json.parse(value);
    JsonNode ledger = node.path("ledger");
    JsonNode position = node.path("position");
    JsonNode totals = node.path("totals");
    JsonNode problem = node.path("problem");
    return new PacingUpdate(
        Json.text(node, "campaign"),
        Json.whole(node, "epoch"),
        state(Json.text(node, "state")),
        new Multipliers(
            notNegative(node, "multiplier", Double.NaN),
            notNegative(node, "ros_multiplier", 0),
            notNegative(node, "participation", 1),
            notNegative(node, "calibration", 1),
            notNegative(node, "load", 0)),
        landscape(node.path("landscape")),
        new LedgerSummary(
            Json.whole(ledger, "budget_nanos"),
            Json.whole(ledger, "ceiling_nanos"),
            Json.whole(ledger, "spent_nanos"),
            Json.whole(ledger, "reserved_nanos"),
            Json.whole(ledger, "leased_nanos"),
            expected(ledger.path("expected"))),
        new Position(position.path("bids").asLong(-1), position.path("outcomes").asLong(-1)),
        new Totals(
            totals.path("bids").asLong(),
            totals.path("late_bids").asLong(),
            totals.path("duplicate_bids").asLong(),
            totals.path("wins").asLong(),
            totals.path("losses").asLong(),
            totals.path("expired").asLong(),
            totals.path("late_wins").asLong(),
            totals.path("duplicates").asLong(),
            totals.path("unmatched").asLong(),
            totals.path("disputed").asLong(),
            totals.path("clicks").asLong(),
            totals.path("conversions").asLong(),
            finite(totals, "value"),
            finite(totals, "realised_value"),
            totals.path("slack_nanos").asLong(),
            totals.path("planned_nanos").asLong(),
            finite(totals, "feedback_age_ms"),
            totals.path("realised_slack_nanos").asLong(),
            totals.path("corrections").asLong(),
            clicks(totals.path("paid_clicks"))),
        problem.isTextual() ? problem.asText() : null);
  }

  /** A count that others only look at: what is no number says nothing. */
  private static double finite(JsonNode totals, String key) {
    JsonNode number = totals.path(key);
    return number.isNumber() && Double.isFinite(number.asDouble()) ? number.asDouble() : 0;
  }

  private static double notNegative(JsonNode node, String key, double otherwise)
      throws UnreadableRecord {
    double number = Json.number(node, key, otherwise);
    if (number < 0) {
      throw new UnreadableRecord(
          "found " + number + " as '" + key + "'; accepted: a number from 0");
    }
    return number;
  }

  private static ExpectedCharges expected(JsonNode node) {
    return new ExpectedCharges(
        node.path("leased_nanos").asLong(),
        node.path("bid_nanos").asLong(),
        node.path("shown_nanos").asLong());
  }

  private static ClickCounts clicks(JsonNode node) {
    return new ClickCounts(
        node.path("charged").asLong(),
        node.path("free").asLong(),
        node.path("late").asLong(),
        node.path("uncollected_nanos").asLong());
  }

  private static void writeNumbers(JsonGenerator out, String key, List<Double> numbers)
      throws IOException {
    out.writeArrayFieldStart(key);
    for (double number : numbers) {
      Json.writeNumber(out, number);
    }
    out.writeEndArray();
  }

  private static @Nullable PriceCurve landscape(JsonNode node) throws UnreadableRecord {
    if (!node.isObject()) {
      return null;
    }
    List<Double> prices = new ArrayList<>();
    List<Double> probabilities = new ArrayList<>();
    node.path("prices").forEach(price -> prices.add(price.asDouble()));
    node.path("probabilities").forEach(share -> probabilities.add(share.asDouble()));
    try {
      return new PriceCurve(prices, probabilities);
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: a landscape");
    }
  }

  private static State state(String label) throws UnreadableRecord {
    for (State state : State.values()) {
      if (state.label().equals(label)) {
        return state;
      }
    }
    throw new UnreadableRecord("found the state '" + label + "'; accepted: a state of pacing");
  }
}
