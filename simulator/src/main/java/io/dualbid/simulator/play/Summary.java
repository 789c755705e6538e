package io.dualbid.simulator.play;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.CampaignFold;
import io.dualbid.simulator.content.ContentStatistics;
import io.dualbid.simulator.hindsight.Knapsack;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Tells a result as JSON and as a table. */
public final class Summary {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final String command;
  private final Scenario scenario;
  private final Play.Result result;

  /** A summary of a play. */
  public Summary(String command, Scenario scenario, Play.Result result) {
    this.command = command;
    this.scenario = scenario;
    this.result = result;
  }

  /** One JSON document. */
  public ObjectNode json() {
    AuditReport.Accounting accounting = result.audit().accounting();
    ObjectNode json = JSON.createObjectNode();
    json.put("schema", 1);
    json.put("command", command);
    json.put("scenario", scenario.name());
    json.put("seed", scenario.seed());
    json.put("rate", scenario.rate());
    json.put("complete", result.complete());
    json.put("drained", result.drained());
    json.put("unreadable_updates", result.unreadableUpdates());
    json.put("requests", accounting.requests());
    json.put("bids", accounting.bids());
    json.set("no_bids", counts(accounting.noBids()));
    json.put("dead_letters", accounting.deadLetters());
    json.put("unanswered", accounting.withoutAnswer());
    json.put("late_bids", result.statistics().lateBids());
    json.put("wins", result.statistics().wins());
    json.put("losses", result.statistics().losses());
    json.put("clicks", result.statistics().clicks());
    json.put("conversions", result.statistics().conversions());
    json.put("spend", Money.units(spendNanos()));
    json.put("value", result.statistics().value());
    json.put("seconds", result.seconds());
    json.put("requests_per_second", result.statistics().requests() / result.seconds());
    Histogram age = result.feedbackAge();
    ObjectNode ages = json.putObject("feedback_age_ms");
    ages.put("p50", age.getValueAtPercentile(50));
    ages.put("p99", age.getValueAtPercentile(99));
    ArrayNode campaigns = json.putArray("campaigns");
    for (Campaign campaign : result.campaigns()) {
      campaigns.add(campaign(campaign));
    }
    ContentStatistics content = result.content();
    if (content != null) {
      json.set("content", content(content, result.audit().content()));
    }
    json.set("audit", audit(result.audit()));
    return json;
  }

  private long spendNanos() {
    ContentStatistics content = result.content();
    long impressions = result.statistics().spendNanos();
    return impressions + (content == null ? 0 : content.impressionNanos()) + clickSpendNanos();
  }

  private static ObjectNode content(ContentStatistics content, AuditReport.Accounting accounting) {
    ObjectNode json = JSON.createObjectNode();
    json.put("requests", accounting.requests());
    json.put("placements", accounting.bids());
    json.set("no_placements", counts(accounting.noBids()));
    json.put("dead_letters", accounting.deadLetters());
    json.put("unanswered", accounting.withoutAnswer());
    json.put("ads", content.ads());
    json.put("unpaid", content.unpaid());
    json.put("late", content.late());
    json.put("clicks", content.clicks());
    json.put("spend_impressions", Money.units(content.impressionNanos()));
    return json;
  }

  /** The audit's part of a document. */
  public static ObjectNode audit(AuditReport audit) {
    AuditReport.Accounting accounting = audit.accounting();
    ObjectNode json = JSON.createObjectNode();
    json.put("campaigns", audit.campaigns().size());
    json.put("records", audit.records());
    json.put("breaches", audit.breaches().size());
    json.put("unmatched", audit.unmatched());
    json.put("in_flight", audit.inFlight());
    json.put("open_bids", audit.openBids());
    json.put("duplicates", audit.duplicates());
    json.put("late_wins", audit.lateWins());
    json.put("late_clicks", audit.lateClicks());
    json.put("free_clicks", audit.freeClicks());
    ArrayNode differences = json.putArray("differences");
    audit.differences().forEach(differences::add);
    json.put("ok", audit.isOk());
    ArrayNode breaches = json.putArray("breach_details");
    audit.breaches().forEach(breaches::add);
    ObjectNode requests = json.putObject("requests");
    requests.put("total", accounting.requests());
    requests.put("bids", accounting.bids());
    requests.set("no_bids", counts(accounting.noBids()));
    requests.put("dead_letters", accounting.deadLetters());
    requests.put("in_flight", accounting.inFlight());
    requests.put("unanswered", accounting.unanswered());
    requests.put("answered_again", accounting.answeredAgain());
    AuditReport.Accounting texts = audit.content();
    ObjectNode content = json.putObject("content_requests");
    content.put("total", texts.requests());
    content.put("placements", texts.bids());
    content.set("no_placements", counts(texts.noBids()));
    content.put("dead_letters", texts.deadLetters());
    content.put("in_flight", texts.inFlight());
    content.put("unanswered", texts.unanswered());
    content.put("answered_again", texts.answeredAgain());
    return json;
  }

  private static ObjectNode counts(Map<String, Long> counts) {
    ObjectNode json = JSON.createObjectNode();
    counts.forEach(json::put);
    return json;
  }

  private ObjectNode campaign(Campaign campaign) {
    Row row = row(campaign);
    ObjectNode json = JSON.createObjectNode();
    json.put("id", campaign.id());
    json.put("objective", campaign.strategy().objective().name().toLowerCase(Locale.ROOT));
    json.put("budget", Money.units(campaign.budgetNanos()));
    json.put("spent", row.spent);
    json.put("reserved", row.reserved);
    json.put("leased", row.leased);
    json.put("spent_share", row.share());
    json.put("bids", row.bids);
    json.put("wins", row.wins);
    json.put("clicks", row.clicks);
    json.put("value", row.value);
    json.put("hindsight_value", row.best);
    putIfFinite(json, "value_ratio", row.ratio());
    putIfFinite(json, "average_multiplier", row.multiplier);
    putIfFinite(json, "hindsight_multiplier", row.shadowPrice);
    putIfFinite(json, "ros", row.value / row.spent);
    Strategy strategy = campaign.strategy();
    json.put("constraint", strategy.constraint().name().toLowerCase(Locale.ROOT));
    json.put("method", strategy.method().name().toLowerCase(Locale.ROOT));
    if (strategy.keepsRos()) {
      json.put("ros_target", strategy.targetRos());
      json.put("ros_violation", Math.max(0, strategy.targetRos() - row.value / row.spent));
      json.put("slack", row.slack);
      json.put("realised_slack", row.realisedSlack);
    } else {
      json.putNull("ros_target");
    }
    json.put("realised_value", row.realisedValue);
    putIfFinite(json, "realised_ros", row.realisedValue / row.spent);
    json.put("calibration", row.calibration);
    json.put("binds", row.binds);
    putIfFinite(json, "mean_bid", row.meanBid);
    putIfFinite(json, "last_multiplier", row.lastMultiplier);
    putIfFinite(json, "last_ros_multiplier", row.lastReturnMultiplier);
    json.put("free_clicks", row.freeClicks);
    PerClick perClick = campaign.perClick();
    if (perClick != null) {
      json.put("price_per_click", Money.units(perClick.priceNanos()));
      json.put("expected", row.expected);
      json.put("load", row.load);
    }
    return json;
  }

  private static void putIfFinite(ObjectNode json, String key, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      json.putNull(key);
    } else {
      json.put(key, value);
    }
  }

  /** What is told of one campaign. */
  private record Row(
      String id,
      double budget,
      double spent,
      double reserved,
      double leased,
      long bids,
      long wins,
      long clicks,
      double multiplier,
      double value,
      double gained,
      double best,
      double shadowPrice,
      double slack,
      double realisedValue,
      double realisedSlack,
      double calibration,
      double meanBid,
      double lastMultiplier,
      double lastReturnMultiplier,
      String binds,
      long freeClicks,
      double expected,
      double load) {
    double share() {
      return budget > 0 ? spent / budget : 0;
    }

    double ratio() {
      return gained / best;
    }
  }

  private Row row(Campaign campaign) {
    Knapsack optimum = Objects.requireNonNull(result.optima().get(campaign.id()));
    CampaignFold fold = result.audit().campaigns().get(campaign.id());
    PacingUpdate update = fold == null ? null : fold.published();
    LedgerSummary ledger = update == null ? new LedgerSummary(0, 0, 0, 0, 0) : update.ledger();
    double spent = Money.units(fold == null ? 0 : fold.spentNanos());
    double value = fold == null ? 0 : fold.value();
    return new Row(
        campaign.id(),
        Money.units(campaign.budgetNanos()),
        spent,
        Money.units(ledger.reservedNanos()),
        Money.units(ledger.leasedNanos()),
        fold == null ? 0 : fold.bids(),
        fold == null ? 0 : fold.wins(),
        fold == null ? 0 : fold.clicks(),
        fold == null ? Double.NaN : fold.meanMultiplier(),
        value,
        gained(campaign, value, spent),
        optimum.value(),
        optimum.shadowPrice(),
        update == null ? 0 : Money.units(update.totals().slackNanos()),
        fold == null ? 0 : fold.realisedValue(),
        update == null ? 0 : Money.units(update.totals().realisedSlackNanos()),
        update == null ? 1 : update.multipliers().calibration(),
        fold == null ? Double.NaN : fold.meanBidNanos() / Money.NANOS_PER_UNIT,
        update == null ? Double.NaN : update.multipliers().budget(),
        update == null ? Double.NaN : update.multipliers().ros(),
        fold == null ? "-" : Binding.of(campaign, fold),
        fold == null ? 0 : fold.freeClicks(),
        Money.units(ledger.expected().totalNanos()),
        update == null ? 0 : update.multipliers().load());
  }

  /**
   * What is held against the optimum: value, or profit; of clicks that are paid for the worth of
   * what was charged, since free ones are beyond the budget.
   */
  private static double gained(Campaign campaign, double value, double spent) {
    PerClick perClick = campaign.perClick();
    double worth =
        perClick == null
            ? value
            : spent * campaign.valuePerClick() / Money.units(perClick.priceNanos());
    return campaign.strategy().objective() == Objective.PROFIT ? worth - spent : worth;
  }

  /** The table of campaigns, then the totals, then the audit's verdict. */
  public void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-24s %12s %12s %7s %8s %7s %12s %9s  %s%n",
        "campaign",
        "budget",
        "spent",
        "share",
        "wins",
        "clicks",
        "multiplier",
        "hindsight",
        "binds");
    for (Campaign campaign : result.campaigns()) {
      Row row = row(campaign);
      out.printf(
          Locale.ROOT,
          "%-24s %12s %12s %6.1f%% %8d %7d %12s %8.1f%%  %s%n",
          shortened(row.id),
          amount(row.budget),
          amount(row.spent),
          100 * row.share(),
          row.wins,
          row.clicks,
          amount(row.multiplier),
          100 * row.ratio(),
          row.binds);
    }
    printReturns(out);
    printClicks(out);
    AuditReport.Accounting accounting = result.audit().accounting();
    out.printf(
        Locale.ROOT,
        "%n%d requests in %.1f s (%.0f/s) = %d bids + %d no-bids + %d dead letters%s%n",
        accounting.requests(),
        result.seconds(),
        result.statistics().requests() / result.seconds(),
        accounting.bids(),
        accounting.noBids().values().stream().mapToLong(Long::longValue).sum(),
        accounting.deadLetters(),
        accounting.withoutAnswer() == 0 ? "" : " + " + accounting.withoutAnswer() + " unanswered");
    accounting
        .noBids()
        .forEach((reason, count) -> out.printf(Locale.ROOT, "  %-20s %10d%n", reason, count));
    printContent(out);
    out.printf(
        Locale.ROOT,
        "feedback age %d ms (p50), %d ms (p99)%n",
        result.feedbackAge().getValueAtPercentile(50),
        result.feedbackAge().getValueAtPercentile(99));
    print(result.audit(), out);
    if (result.unreadableUpdates() > 0) {
      out.println(
          "note: "
              + result.unreadableUpdates()
              + (result.unreadableUpdates() == 1 ? " record" : " records")
              + " of pacing could not be read and were passed over");
    }
    if (!result.drained()) {
      out.println("note: not all ledgers came to rest; the audit is of what was folded in");
    }
  }

  private void printContent(PrintStream out) {
    ContentStatistics content = result.content();
    if (content == null) {
      return;
    }
    AuditReport.Accounting texts = result.audit().content();
    out.printf(
        Locale.ROOT,
        "%d texts = %d with ads + %d without + %d dead letters%s; %d ads%s, %d clicks%n",
        texts.requests(),
        texts.bids(),
        texts.noBids().values().stream().mapToLong(Long::longValue).sum(),
        texts.deadLetters(),
        texts.withoutAnswer() == 0 ? "" : " + " + texts.withoutAnswer() + " unanswered",
        content.ads(),
        content.unpaid() == 0 ? "" : " + " + content.unpaid() + " not shown, their bid late",
        content.clicks());
    texts
        .noBids()
        .forEach((reason, count) -> out.printf(Locale.ROOT, "  %-20s %10d%n", reason, count));
  }

  /** The campaigns that keep a return on spend, with both their slacks. */
  private void printReturns(PrintStream out) {
    if (result.campaigns().stream().noneMatch(c -> c.strategy().keepsRos())) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%n%-24s %8s %10s %12s %10s %12s %12s%n",
        "return on spend",
        "target",
        "expected",
        "slack",
        "realised",
        "slack",
        "calibration");
    for (Campaign campaign : result.campaigns()) {
      if (campaign.strategy().keepsRos()) {
        Row row = row(campaign);
        out.printf(
            Locale.ROOT,
            "%-24s %8.3f %10s %12s %10s %12s %12.3f%n",
            shortened(row.id),
            campaign.strategy().targetRos(),
            amount(row.value / row.spent),
            amount(row.slack),
            amount(row.realisedValue / row.spent),
            amount(row.realisedSlack),
            row.calibration);
      }
    }
  }

  /** What campaigns that pay for impressions don't show: clicks that are paid for. */
  private void printClicks(PrintStream out) {
    if (result.campaigns().stream().noneMatch(c -> c.perClick() != null)) {
      return;
    }
    out.printf(
        Locale.ROOT,
        "%n%-24s %12s %8s %12s %12s %8s%n",
        "pays by the click",
        "price",
        "clicks",
        "free clicks",
        "uncollected",
        "load");
    for (Campaign campaign : result.campaigns()) {
      PerClick perClick = campaign.perClick();
      if (perClick != null) {
        Row row = row(campaign);
        out.printf(
            Locale.ROOT,
            "%-24s %12s %8d %12d %12s %8.3f%n",
            shortened(row.id),
            amount(Money.units(perClick.priceNanos())),
            row.clicks,
            row.freeClicks,
            amount(row.clicks * Money.units(perClick.priceNanos()) - row.spent),
            row.load);
      }
    }
  }

  /** What clicks were charged; the exchange knows only what impressions cost. */
  private long clickSpendNanos() {
    long sum = 0;
    for (Campaign campaign : result.campaigns()) {
      CampaignFold fold = result.audit().campaigns().get(campaign.id());
      sum += fold == null || campaign.perClick() == null ? 0 : fold.spentNanos();
    }
    return sum;
  }

  private static String shortened(String id) {
    return id.length() > 24 ? id.substring(0, 23) + "…" : id;
  }

  /** The verdict of an audit. */
  public static void print(AuditReport audit, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "audit: %s: %d campaigns, %d records, %d breaches, %d unmatched, %d duplicates,"
            + " %d late wins, %d free clicks, %d differences, %d in flight%n",
        audit.isOk() ? "ok" : "NOT OK",
        audit.campaigns().size(),
        audit.records(),
        audit.breaches().size(),
        audit.unmatched(),
        audit.duplicates(),
        audit.lateWins(),
        audit.freeClicks(),
        audit.differences().size(),
        audit.inFlight());
    audit.breaches().forEach(breach -> out.println("  breach: " + breach));
    audit.differences().forEach(difference -> out.println("  difference: " + difference));
  }

  private static String amount(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String form = size != 0 && (size < 0.01 || size >= 1e8) ? "%.3e" : "%.3f";
    return String.format(Locale.ROOT, form, value);
  }

  /** A document as text. */
  public static String text(ObjectNode json) {
    return json.toPrettyString();
  }

  /** Whether all is well: the audit agrees, and nothing was left without an answer. */
  public static boolean isOk(Play.@Nullable Result result) {
    return result != null
        && result.audit().isOk()
        && (!result.drained() || result.audit().accounting().withoutAnswer() == 0);
  }
}
