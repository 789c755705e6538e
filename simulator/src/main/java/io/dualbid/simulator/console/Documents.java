package io.dualbid.simulator.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.console.Board.Overview;
import io.dualbid.simulator.console.CampaignView.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * What the page is told, as JSON. Money is decimal text, exact to the nano, since a browser's
 * numbers are not.
 */
final class Documents {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A small chart has no room for more. */
  private static final int SPARK_POINTS = 40;

  private static final int SPARK_HEIGHT = 100;

  private Documents() {}

  /** Writes the fields of one object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** An object with these fields. */
  static String object(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** A row of the list. */
  static String row(CampaignView view) {
    Snapshot campaign = view.snapshot();
    return object(
        out -> {
          summary(out, campaign);
          view.course(course -> spark(out, course));
        });
  }

  /** Everything about one campaign but its course. */
  static String campaign(CampaignView view) {
    Snapshot campaign = view.snapshot();
    return object(
        out -> {
          summary(out, campaign);
          PacingUpdate update = campaign.update();
          if (update != null) {
            out.writeNumberField("epoch", update.epoch());
            ledger(out, update);
            counts(out, update.totals());
          }
          Campaign definition = campaign.definition();
          if (definition != null) {
            definition(out, definition);
          }
          out.writeArrayFieldStart("reasons");
          for (Map.Entry<Reason, Integer> reason : campaign.sightings().reasons()) {
            out.writeStartObject();
            out.writeStringField("reason", reason.getKey().label());
            out.writeNumberField("requests", reason.getValue());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** How a campaign came along. */
  static String course(CampaignView view) {
    return object(
        out ->
            view.course(
                course -> {
                  try {
                    writeCourse(out, course);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
  }

  /** Sums over all campaigns. */
  static void totals(JsonGenerator out, Overview overview, int matching) throws IOException {
    out.writeNumberField("campaigns", overview.campaigns().size());
    out.writeNumberField("attention", overview.attention());
    out.writeNumberField("matching", matching);
    out.writeStringField("budget", Money.format(overview.totals().budgetNanos()));
    out.writeStringField("spent", Money.format(overview.totals().spentNanos()));
    out.writeStringField("planned", Money.format(overview.totals().plannedNanos()));
    out.writeNumberField("wins", overview.totals().wins());
    out.writeNumberField("newest", overview.totals().newestMillis());
    String trouble = overview.trouble();
    if (trouble != null) {
      out.writeStringField("trouble", trouble);
    }
  }

  private static void summary(JsonGenerator out, Snapshot campaign) throws IOException {
    out.writeStringField("id", campaign.id());
    out.writeStringField("condition", campaign.condition().label());
    out.writeBooleanField("attention", campaign.condition().needsAttention());
    PacingUpdate update = campaign.update();
    if (update != null) {
      LedgerSummary ledger = update.ledger();
      Totals totals = update.totals();
      out.writeStringField("state", update.state().label());
      out.writeStringField("spent", Money.format(ledger.spentNanos()));
      out.writeStringField("planned", Money.format(totals.plannedNanos()));
      out.writeStringField("budget", Money.format(ledger.budgetNanos()));
      out.writeStringField("reserved", Money.format(ledger.reservedNanos()));
      out.writeStringField("leased", Money.format(ledger.leasedNanos()));
      finite(out, "multiplier", update.multipliers().budget());
      finite(out, "ros_multiplier", update.multipliers().ros());
      finite(out, "ros", totals.value() / Money.units(ledger.spentNanos()));
      finite(out, "win_rate", (double) totals.wins() / totals.bids());
      out.writeNumberField("bids", totals.bids());
      out.writeNumberField("wins", totals.wins());
      out.writeNumberField("clicks", totals.clicks());
      String problem = update.problem();
      if (problem != null) {
        out.writeStringField("problem", problem);
      }
    }
    Campaign definition = campaign.definition();
    if (definition != null && definition.strategy().keepsRos()) {
      out.writeNumberField("ros_target", definition.strategy().targetRos());
    }
    Sightings.Summary sightings = campaign.sightings();
    out.writeNumberField("sampled", sightings.requests());
    out.writeNumberField("sampled_bids", sightings.bids());
    out.writeNumberField("sampled_fitting", sightings.fitting());
    Map.Entry<Reason, Integer> reason = sightings.main();
    if (reason != null) {
      out.writeStringField("reason", reason.getKey().label());
      out.writeNumberField("reason_requests", reason.getValue());
    }
  }

  private static void finite(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumberField(name, value);
    }
  }

  private static void ledger(JsonGenerator out, PacingUpdate update) throws IOException {
    LedgerSummary ledger = update.ledger();
    out.writeObjectFieldStart("ledger");
    out.writeStringField(
        "left", Money.format(Math.subtractExact(ledger.budgetNanos(), ledger.committedNanos())));
    out.writeStringField("expected", Money.format(ledger.expected().totalNanos()));
    out.writeEndObject();
  }

  private static void counts(JsonGenerator out, Totals totals) throws IOException {
    out.writeObjectFieldStart("counts");
    out.writeNumberField("bids", totals.bids());
    out.writeNumberField("wins", totals.wins());
    out.writeNumberField("losses", totals.losses());
    out.writeNumberField("expired", totals.expired());
    out.writeNumberField("clicks", totals.clicks());
    out.writeNumberField("conversions", totals.conversions());
    out.writeNumberField("late_wins", totals.lateWins());
    out.writeNumberField("late_bids", totals.lateBids());
    out.writeNumberField("duplicates", totals.duplicates() + totals.duplicateBids());
    out.writeNumberField("unmatched", totals.unmatched());
    out.writeNumberField("free_clicks", totals.paidClicks().free());
    out.writeNumberField("value", totals.value());
    out.writeNumberField("realised_value", totals.realisedValue());
    out.writeNumberField("feedback_age_ms", totals.feedbackAgeMillis());
    out.writeEndObject();
  }

  private static void definition(JsonGenerator out, Campaign campaign) throws IOException {
    Strategy strategy = campaign.strategy();
    out.writeObjectFieldStart("definition");
    out.writeStringField("status", word(campaign.status()));
    out.writeStringField("advertiser", campaign.advertiserDomain());
    out.writeStringField("budget", Money.format(campaign.budgetNanos()));
    Long daily = campaign.dailyBudgetNanos();
    if (daily != null) {
      out.writeStringField("daily_budget", Money.format(daily));
    }
    out.writeStringField("plan", word(campaign.plan().shape()));
    out.writeStringField("objective", word(strategy.objective()));
    out.writeStringField("constraint", word(strategy.constraint()));
    out.writeStringField("max_bid", Money.format(campaign.maxBidNanos()));
    out.writeBooleanField("pays_per_click", campaign.perClick() != null);
    out.writeNumberField("start", campaign.flight().startMillis());
    if (campaign.flight().ends()) {
      out.writeNumberField("end", campaign.flight().endMillis());
    }
    out.writeEndObject();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void spark(JsonGenerator out, Course course) {
    try {
      long most = 1;
      for (int i = 0; i < course.size(); i++) {
        most = Math.max(most, Math.max(course.spentNanos(i), course.plannedNanos(i)));
      }
      int points = Math.min(SPARK_POINTS, course.size());
      out.writeArrayFieldStart("spark_spent");
      for (int i = 0; i < points; i++) {
        out.writeNumber(height(course.spentNanos(place(i, points, course)), most));
      }
      out.writeEndArray();
      out.writeArrayFieldStart("spark_planned");
      for (int i = 0; i < points; i++) {
        out.writeNumber(height(course.plannedNanos(place(i, points, course)), most));
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int place(int point, int points, Course course) {
    return points < 2 ? 0 : (int) ((long) point * (course.size() - 1) / (points - 1));
  }

  private static int height(long nanos, long most) {
    return (int) Math.round(SPARK_HEIGHT * (double) nanos / most);
  }

  private static void writeCourse(JsonGenerator out, Course course) throws IOException {
    column(out, "time", course, course::timeMillis);
    column(out, "spent", course, i -> Money.units(course.spentNanos(i)));
    column(out, "planned", course, i -> Money.units(course.plannedNanos(i)));
    column(out, "multiplier", course, course::multiplier);
    column(out, "ros_multiplier", course, course::returnMultiplier);
    column(out, "price_cpm", course, i -> course.clearingPriceNanos(i) / 1e6);
    column(out, "feedback_age_ms", course, course::feedbackAgeMillis);
  }

  /** A value for each sample. */
  private interface Column {
    double of(int sample);
  }

  private static void column(JsonGenerator out, String name, Course course, Column column)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (int i = 0; i < course.size(); i++) {
      double value = column.of(i);
      if (!Double.isFinite(value)) {
        out.writeNull();
      } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        out.writeNumber((long) value);
      } else {
        out.writeNumber((float) value);
      }
    }
    out.writeEndArray();
  }
}
