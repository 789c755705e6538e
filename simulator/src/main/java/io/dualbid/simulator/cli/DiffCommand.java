package io.dualbid.simulator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.compare.ResultDiff;
import io.dualbid.simulator.compare.ResultDiff.Change;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two results, or two files of campaigns, side by side. */
@Command(
    name = "diff",
    description = {
      "Tells what differs between two results of replay, simulate, demo or exchange: every number"
          + " that moved, run by run, times aside.",
      "Of two files of campaigns (YAML) it tells in words what changes for whom, what is expected of"
          + " it, and what is risky about it; exit status 1 where anything is.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: dualbid diff results/before results/after",
      "Example: dualbid diff published.yaml config/campaigns.yaml --journal localhost:9092",
    })
final class DiffCommand implements Callable<Integer> {
  private static final String RESULT = "summary.json";

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "A folder with summary.json, or the file; or campaigns (YAML).")
  private Path old = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The same of the other.")
  private Path now = Path.of("");

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Mixin private EvidenceOptions evidence = new EvidenceOptions();

  @Option(
      names = "--at",
      converter = Moments.class,
      paramLabel = "TIME",
      description = "When campaigns would be changed, as 2026-03-02T12:00:00Z (default: now).")
  private @Nullable Instant at;

  @Override
  public Integer call() throws IOException {
    if (CampaignsDiff.isMeant(old) && CampaignsDiff.isMeant(now)) {
      return CampaignsDiff.of(old, now, evidence, at, json);
    }
    if (at != null || evidence.areGiven()) {
      throw new WrongInput(
          "--at, --journal, --log: found with " + old + ", " + now + "; accepted: with campaigns");
    }
    ResultDiff diff;
    try {
      diff = ResultDiff.of(read(old), read(now));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(old + ", " + now + ": " + e.getMessage(), e);
    }
    if (json) {
      System.out.println(Summary.text(document(diff)));
    } else {
      print(diff);
    }
    return 0;
  }

  private static JsonNode read(Path given) throws IOException {
    Path file = Files.isDirectory(given) ? given.resolve(RESULT) : given;
    if (!Files.isRegularFile(file)) {
      throw new WrongInput(
          given + ":1:1: found no result; accepted: a folder with " + RESULT + ", or such a file");
    }
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new WrongInput(
          file
              + (at == null ? ":1:1" : ":" + at.getLineNr() + ":" + at.getColumnNr())
              + ": found no JSON; accepted: a result",
          e);
    }
  }

  private static ObjectNode document(ResultDiff diff) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "diff");
    document.put("same", diff.isSame());
    document.put("same_runs", diff.same());
    var changes = document.putArray("changes");
    for (Change change : diff.changes()) {
      ObjectNode node = changes.addObject();
      node.put("run", change.run());
      node.put("figure", change.figure());
      putIfFinite(node, "old", change.before());
      putIfFinite(node, "new", change.after());
      putIfFinite(node, "relative", change.relative());
    }
    diff.onlyOld().forEach(document.putArray("only_old")::add);
    diff.onlyNew().forEach(document.putArray("only_new")::add);
    return document;
  }

  private static void putIfFinite(ObjectNode node, String key, double number) {
    if (Double.isFinite(number)) {
      node.put(key, number);
    } else {
      node.putNull(key);
    }
  }

  private static void print(ResultDiff diff) {
    String run = "";
    for (Change change : diff.changes()) {
      if (!change.run().equals(run)) {
        run = change.run();
        System.out.println(run);
      }
      System.out.printf(
          Locale.ROOT,
          "  %-18s %16s -> %16s %10s%n",
          change.figure(),
          number(change.before()),
          number(change.after()),
          Double.isFinite(change.relative())
              ? String.format(Locale.ROOT, "%+.2f%%", 100 * change.relative())
              : "");
    }
    print("only in the old result", diff.onlyOld());
    print("only in the new result", diff.onlyNew());
    System.out.printf("%d runs without a difference%n", diff.same());
  }

  private static String number(double number) {
    return Double.isNaN(number) ? "-" : String.format(Locale.ROOT, "%.9g", number);
  }

  private static void print(String what, List<String> runs) {
    for (String run : runs) {
      System.out.println(what + ": " + run);
    }
  }
}
