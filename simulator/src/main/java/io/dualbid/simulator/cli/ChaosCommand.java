package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.chaos.Chaos;
import io.dualbid.simulator.chaos.ChaosSummary;
import io.dualbid.simulator.chaos.ChaosSummary.Failure;
import io.dualbid.simulator.play.Summary;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Breaks everything, and tells what is left. */
@Command(
    name = "chaos",
    description = {
      "--simulated runs the real bidders, pacers and codecs in a simulated world where a seed"
          + " decides what breaks: crashes, zombies, pauses, lost state, slow and stalled brokers,"
          + " late and repeated and corrupt records, budgets cut in flight. What is promised and"
          + " charged is held against the budget at every step, and the books are audited at the"
          + " end.",
      "--real runs broker, Flink and exchange as processes of their own, kills and pauses them by a"
          + " seeded plan, and compares the journal, the ledgers and what the exchange has written"
          + " down.",
      "Exit status 1 where a promise was broken.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid chaos --simulated --seeds 1..1000",
      "  dualbid chaos --real --duration 5m --seed 1",
    })
final class ChaosCommand implements Callable<Integer> {
  private static final Pattern SEEDS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");
  private static final int MOST_TOLD = 10;

  @Option(names = "--simulated", description = "Simulate brokers, network, clocks and processes.")
  private boolean simulated;

  @Option(names = "--real", description = "Kill real processes.")
  private boolean real;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      description =
          "With --simulated: the seeds to play, one run each; one alone plays that run (default:"
              + " 1..100).")
  private @Nullable String seeds;

  @Mixin private OutageOptions outages = new OutageOptions();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (simulated == real) {
      throw new WrongInput(
          "chaos: found "
              + (real ? "both --simulated and --real" : "neither --simulated nor --real")
              + "; accepted: dualbid chaos --simulated, or dualbid chaos --real");
    }
    if (real) {
      if (seeds != null) {
        throw new WrongInput("--seeds: found it with --real; accepted: --seed S");
      }
      return outages.run(json);
    }
    outages.requireNone();
    return simulate(seeds == null ? "1..100" : seeds);
  }

  private int simulate(String text) throws InterruptedException {
    Matcher range = SEEDS.matcher(text);
    if (!range.matches()) {
      throw wrongSeeds(text);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
    if (last < first || last - first >= Integer.MAX_VALUE) {
      throw wrongSeeds(text);
    }
    ChaosSummary summary;
    try (WorkProgress progress = new WorkProgress("breaking things")) {
      summary = Chaos.of(first, last, progress::at);
    }
    if (json) {
      System.out.println(Summary.text(document(summary)));
    } else {
      print(summary);
    }
    return summary.failures().isEmpty() ? 0 : Main.FAILED;
  }

  private static WrongInput wrongSeeds(String text) {
    return new WrongInput(
        "--seeds: found '" + text + "'; accepted: a seed, or a range such as 1..1000");
  }

  private static ObjectNode document(ChaosSummary summary) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "chaos");
    document.put("mode", "simulated");
    document.put("seeds", summary.runs());
    document.put("events", summary.counts().events());
    ObjectNode faults = document.putObject("faults");
    summary.faults().forEach(faults::put);
    document.put("requests", summary.counts().requests());
    document.put("bids", summary.counts().bids());
    document.put("wins", summary.counts().wins());
    document.put("late_wins", summary.counts().lateWins());
    document.put("breaches", summary.counts().breaches());
    document.put("unmatched", summary.counts().unmatched());
    document.put("lost_outcomes", summary.counts().lostOutcomes());
    document.put("double_charges", summary.counts().doubleCharges());
    if (!summary.recoveryMillis().isEmpty()) {
      document
          .putObject("recovery_seconds")
          .put("p50", summary.recoverySeconds(0.5))
          .put("max", summary.recoverySeconds(1));
    }
    ArrayNode failing = document.putArray("failing_seeds");
    for (Failure failure : summary.failures()) {
      ObjectNode told = failing.addObject();
      told.put("seed", failure.seed());
      failure.faults().forEach(told.putArray("faults")::add);
      failure.breaches().forEach(told.putArray("breaches")::add);
    }
    return document;
  }

  private static void print(ChaosSummary summary) {
    var counts = summary.counts();
    System.out.printf(
        Locale.ROOT,
        "%,d runs, %,d events: %,d requests, %,d bids, %,d wins (%,d beyond their window)%n",
        summary.runs(),
        counts.events(),
        counts.requests(),
        counts.bids(),
        counts.wins(),
        counts.lateWins());
    System.out.println("faults:");
    summary
        .faults()
        .forEach((kind, count) -> System.out.printf(Locale.ROOT, "  %-22s%,8d%n", kind, count));
    if (!summary.recoveryMillis().isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "from a death to the next bid: median %.3f s, worst %.3f s of simulated time%n",
          summary.recoverySeconds(0.5),
          summary.recoverySeconds(1));
    }
    System.out.printf(
        Locale.ROOT,
        "breaches %d, unmatched %d, lost outcomes %d, double charges %d%n",
        counts.breaches(),
        counts.unmatched(),
        counts.lostOutcomes(),
        counts.doubleCharges());
    summary.failures().stream().limit(MOST_TOLD).forEach(ChaosCommand::print);
    if (summary.failures().size() > MOST_TOLD) {
      System.out.println("... and " + (summary.failures().size() - MOST_TOLD) + " more seeds");
    }
  }

  private static void print(Failure failure) {
    System.out.println(
        "seed "
            + failure.seed()
            + " (again: dualbid chaos --simulated --seeds "
            + failure.seed()
            + ")");
    failure.faults().forEach(fault -> System.out.println("  with " + fault));
    failure.breaches().forEach(breach -> System.out.println("  " + breach));
  }
}
