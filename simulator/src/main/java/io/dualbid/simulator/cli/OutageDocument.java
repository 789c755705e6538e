package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.audit.AuditReport.Accounting;
import io.dualbid.simulator.outage.Outage;
import io.dualbid.simulator.outage.OutageResult;
import io.dualbid.simulator.outage.OutageResult.Overcome;
import io.dualbid.simulator.play.Summary;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** What came of {@code chaos --real}, as JSON and as a table. */
final class OutageDocument {
  private OutageDocument() {}

  /** The JSON document. */
  static ObjectNode of(OutageResult result) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "chaos");
    document.put("mode", "real");
    document.put("seeds", 1);
    document.put("seed", result.seed());
    document.put("seconds", result.seconds());
    document.put("events", result.audit().records());
    ObjectNode faults = document.putObject("faults");
    result.faults().forEach((kind, count) -> faults.put(kind.label(), count));
    Accounting accounting = result.audit().accounting();
    document.put("requests", accounting.requests());
    document.put("bids", result.exchange().bids());
    ObjectNode noBids = document.putObject("no_bids");
    accounting.noBids().forEach(noBids::put);
    document.put("dead_letters", accounting.deadLetters());
    document.put("unanswered", accounting.withoutAnswer());
    document.put("answered_again", accounting.answeredAgain());
    document.put("late_wins", result.audit().lateWins());
    document.put("duplicates", result.audit().duplicates());
    document.put("breaches", result.breaches().size());
    document.put("unmatched", result.unmatched());
    document.put("lost_outcomes", result.lostOutcomes());
    document.put("double_charges", result.doubleCharges());
    seconds(document.putObject("recovery_seconds"), result.kills());
    ObjectNode byKind = document.putObject("recovery_seconds_by_kind");
    result
        .recoveries()
        .forEach(
            (kind, overcome) -> {
              ObjectNode told = byKind.putObject(kind.label());
              told.put("count", overcome.seconds().size());
              told.put("interrupted", overcome.interrupted());
              seconds(told, overcome.seconds());
            });
    ObjectNode exchange = document.putObject("exchange");
    exchange.put("offered", result.exchange().offered());
    exchange.put("confirmed", result.exchange().confirmed());
    exchange.put("bids", result.exchange().bids());
    exchange.put("promised", Money.units(result.exchange().promisedNanos()));
    exchange.put("charged", Money.units(result.exchange().chargedNanos()));
    exchange.put("outcomes", result.exchange().told());
    exchange.put("outcomes_told_again", result.exchange().toldAgain());
    document.put("process_starts", result.processStarts());
    document.put("unexpected_deaths", result.selfDeaths());
    document.put("resubmitted_jobs", result.resubmissions());
    document.put("changes_not_made", result.undone());
    document.set("audit", Summary.audit(result.audit()));
    ArrayNode plan = document.putArray("plan");
    for (Outage outage : result.plan()) {
      ObjectNode told = plan.addObject();
      told.put("at_seconds", outage.atMillis() / 1e3);
      told.put("kind", outage.kind().label());
      told.put("target", outage.target());
      told.put("length_millis", outage.lengthMillis());
      told.put("overlapping", outage.overlapping());
    }
    ArrayNode failing = document.putArray("failing_seeds");
    if (!result.isOk()) {
      ObjectNode failure = failing.addObject();
      failure.put("seed", result.seed());
      result.breaches().forEach(failure.putArray("breaches")::add);
    }
    return document;
  }

  private static void seconds(ObjectNode target, List<Double> rising) {
    if (rising.isEmpty()) {
      target.putNull("p50").putNull("max");
    } else {
      target.put("p50", OutageResult.quantile(rising, 0.5));
      target.put("max", OutageResult.quantile(rising, 1));
    }
  }

  /** The same for people. */
  static void print(OutageResult result, PrintStream out) {
    Accounting accounting = result.audit().accounting();
    out.printf(
        Locale.ROOT,
        "seed %d, %.0f s: %,d requests, %,d bids, %,d outcomes told, %,d processes started%n",
        result.seed(),
        result.seconds(),
        accounting.requests(),
        result.exchange().bids(),
        result.exchange().told(),
        result.processStarts());
    out.println("faults, and seconds to the first bid after them (median, worst, interrupted):");
    result
        .faults()
        .forEach(
            (kind, count) -> {
              Overcome overcome = result.recoveries().get(kind);
              List<Double> seconds = overcome == null ? List.of() : overcome.seconds();
              out.printf(
                  Locale.ROOT,
                  "  %-22s%4d%9.2f%9.2f%5d%n",
                  kind.label(),
                  count,
                  OutageResult.quantile(seconds, 0.5),
                  OutageResult.quantile(seconds, 1),
                  overcome == null ? 0 : overcome.interrupted());
            });
    out.printf(
        Locale.ROOT,
        "breaches %d, unmatched %d, lost outcomes %d, double charges %d%n",
        result.breaches().size(),
        result.unmatched(),
        result.lostOutcomes(),
        result.doubleCharges());
    result.breaches().forEach(breach -> out.println("  " + breach));
  }
}
