package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.report.Plot;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.PolicyText;
import io.dualbid.simulator.whatif.Curve;
import io.dualbid.simulator.whatif.Curve.Question;
import io.dualbid.simulator.whatif.CurveFiles;
import io.dualbid.simulator.whatif.CurveReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The curve an advertiser asks for. */
@Command(
    name = "what-if",
    description = {
      "What other budgets, or other targets for the return on spend, would have brought on a log:"
          + " each played by the engine, beside the optimum in hindsight, with the value of one more"
          + " unit of budget.",
      "--budget x0.5..x2 takes multiples of today's budget: that of the campaign in --campaigns, or"
          + " of --budget-fraction (default: 1/4). --budget 100..400 takes amounts. --target-ros"
          + " 1..3 asks about the target, with as much budget as it takes, or today's where there is"
          + " one.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid what-if --log auctions.csv.gz --budget x0.5..x2",
      "  dualbid what-if --log 2997.txt.gz --format ipinyou --campaign 2997 \\",
      "    --campaign-info campaigns-info.json --budget-fraction 1/16 --budget x0.25..x4 --out results",
      "  dualbid what-if --log monday.csv --campaigns campaigns.yaml --campaign spring-sale \\",
      "    --target-ros 1..3 --points 5",
    })
final class WhatIfCommand implements Callable<Integer> {
  private static final String BASE_FRACTION = "1/4";

  @Mixin private LogOptions log = new LogOptions();
  @Mixin private WorldOptions world = new WorldOptions();

  @Option(
      names = "--target-ros",
      paramLabel = "A..B",
      description =
          "Ask about these targets: value that a unit of spend must return. One number keeps that"
              + " target while --budget asks about budgets.")
  private @Nullable String targetRos;

  @Option(
      names = "--points",
      paramLabel = "N",
      description = "Points of the curve, equal factors apart, and today's budget (default: 9).")
  private int points = 9;

  @Option(
      names = "--policy",
      paramLabel = "P",
      description =
          "The policy, as for replay (default: the campaign's own strategy; without --campaigns dmd,"
              + " with a target ros, or both where there is a budget).")
  private @Nullable String policy;

  @Option(
      names = "--campaigns",
      paramLabel = "FILE",
      description = "The campaign that --campaign names is in this file (YAML).")
  private @Nullable Path campaigns;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write summary.json, what-if.csv, report.html and its plots there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    WhatIfOptions asked = WhatIfOptions.of(log.budget, targetRos, points);
    if (log.logs.isEmpty()) {
      throw new WrongInput("--log: found nothing; accepted: a log of auctions");
    }
    log.budget = null;
    if (log.budgetFractions.size() > 1) {
      throw new WrongInput(
          "--budget-fraction: found "
              + log.budgetFractions.size()
              + " budgets of today; accepted: one, of which --budget takes multiples");
    }
    LogOptions.requireThere(log.logs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Campaign given = given();
    SkippedRows skipped = log.skipped(folder);
    Curve curve;
    try (AuctionLog read = log.read(given == null ? null : Set.of(given.id()), skipped)) {
      curve = curve(read, asked, given);
    }
    tell(curve, skipped == null ? 0 : skipped.count(), folder);
    return 0;
  }

  private Curve curve(AuctionLog read, WhatIfOptions asked, @Nullable Campaign given)
      throws IOException {
    AuctionTape tape = log.only(read);
    String id = tape.campaign().isEmpty() ? "log" : tape.campaign();
    String named = log.campaign;
    Campaign campaign =
        given == null
            ? LogCampaigns.of(named == null ? id : named, world.valuePerClick(), 1, world.maxBid())
            : given;
    long base = base(read, tape, asked, given);
    try (WorkProgress progress = new WorkProgress("playing")) {
      long[] played = {0};
      long all = tape.rows() * asked.count(Money.units(base));
      WhatIfReplay replay =
          new WhatIfReplay(
              read,
              tape,
              world.rules(),
              log.info(),
              campaign,
              chosen(asked, given, base),
              more -> progress.at(played[0] += more, all));
      return asked.question() == Question.BUDGET
          ? replay.budgets(asked.budgets(Money.units(base)), asked.target(), Money.units(base))
          : replay.targets(asked.targets(), base);
    }
  }

  /** The campaign of the file, or null without one. */
  private @Nullable Campaign given() throws IOException {
    Path file = campaigns;
    if (file == null) {
      return null;
    }
    List<Campaign> all = LogCampaigns.read(file);
    String id = log.campaign;
    Campaign found =
        all.stream()
            .filter(campaign -> campaign.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new WrongInput(
                        "--campaign: found "
                            + (id == null ? "nothing" : "'" + id + "'")
                            + "; accepted: a campaign in "
                            + file
                            + ": "
                            + String.join(", ", all.stream().map(Campaign::id).toList())));
    return LogCampaigns.payingForImpressions(file, List.of(found)).get(0);
  }

  /** Today's budget; 0 for none. */
  private long base(
      AuctionLog read, AuctionTape tape, WhatIfOptions asked, @Nullable Campaign given)
      throws IOException {
    if (log.budgetFractions.isEmpty()) {
      if (given != null) {
        return given.budgetNanos();
      }
      if (asked.question() == Question.TARGET_ROS) {
        return 0;
      }
      log.budgetFractions = List.of(BASE_FRACTION);
    }
    return log.budgets(tape.meanPrice(), tape.rows(), read.priceUnitNanos()).get(0).nanos();
  }

  /** The policy; null for the campaign's own strategy. */
  private @Nullable Policy chosen(WhatIfOptions asked, @Nullable Campaign given, long base) {
    boolean returning = asked.question() == Question.TARGET_ROS || asked.target() > 0;
    String text = policy;
    if (text == null && given == null) {
      boolean budgeted = asked.question() == Question.BUDGET || base > 0;
      text = returning ? (budgeted ? "both" : "ros") : "dmd";
    }
    if (text == null) {
      requireReturn(given != null && given.strategy().keepsRos(), returning, "constraint: budget");
      return null;
    }
    Policy chosen;
    try {
      chosen = PolicyText.one(text);
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--policy: " + e.getMessage(), e);
    }
    requireReturn(chosen.keepsRos(), returning, "'" + text + "'");
    return chosen;
  }

  private static void requireReturn(boolean keeps, boolean returning, String found) {
    if (returning && !keeps) {
      throw new WrongInput(
          "--target-ros: found "
              + found
              + ", which keeps no return; accepted: --policy ros or both"
              + " (or constraint: "
              + Strategy.Constraint.ROS.name().toLowerCase(Locale.ROOT)
              + " or both in the file)");
    }
  }

  private void tell(Curve curve, long skippedRows, @Nullable Path folder) throws IOException {
    CurveFiles files = new CurveFiles(curve);
    ObjectNode document = files.json();
    document.put("skipped_rows", skippedRows);
    String summary = Summary.text(document) + "\n";
    if (folder != null) {
      Files.writeString(folder.resolve("summary.json"), summary);
      Files.writeString(folder.resolve("what-if.csv"), files.csv());
      CurveReport report = new CurveReport(curve);
      Files.writeString(folder.resolve("report.html"), report.html());
      for (Plot plot : report.plots()) {
        Files.writeString(folder.resolve(plot.name() + ".svg"), plot.file());
      }
    }
    System.out.print(json ? summary : files.table());
    System.out.flush();
  }
}
