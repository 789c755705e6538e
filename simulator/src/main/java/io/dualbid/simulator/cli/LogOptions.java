package io.dualbid.simulator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.world.AuctionColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A log, the part of it that counts, and the budget for it: options of every command on logs. */
final class LogOptions {
  @Option(
      names = "--log",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Logs of auctions, text plain or gzipped; several count as one, in the order of time.")
  List<Path> logs = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Format of the log: tsv, csv, jsonl, parquet, or ipinyou (lines of 'click price pctr')"
              + " (default: by the names of the files).")
  @Nullable String format;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      description = "On a row that can't be read: stop, or skip it and go on (default: stop).")
  private String onError = "stop";

  @Option(
      names = "--skipped",
      paramLabel = "FILE",
      description =
          "Where skipped rows are written with their reasons (default: skipped-rows.jsonl, in the"
              + " folder of the results where there is one).")
  private @Nullable Path skippedFile;

  @Option(
      names = "--rows",
      paramLabel = "A..B",
      description = "Take only these rows of the log, from 1.")
  @Nullable String rows;

  @Option(
      names = "--budget",
      paramLabel = "X",
      description = "Budget of a campaign in account currency; for ipinyou in price units.")
  @Nullable String budget;

  @Option(
      names = "--budget-fraction",
      split = ",",
      paramLabel = "F",
      description =
          "Budget as int(average price * F * rows) price units, such as 1/16; the average from"
              + " --campaign-info, or the log's own; a unit is a thousandth of the currency (CPM),"
              + " for ipinyou all of it.")
  List<String> budgetFractions = new ArrayList<>();

  @Option(
      names = "--campaign-info",
      paramLabel = "FILE",
      description = "Training statistics of campaigns (JSON), such as their average cost.")
  @Nullable Path campaignInfo;

  @Option(
      names = "--campaign",
      paramLabel = "ID",
      description =
          "The campaign within --campaign-info, and the one to take of a log that names several.")
  @Nullable String campaign;

  /**
   * A budget that was asked for.
   *
   * @param fraction as it was written; null where the budget itself was given
   * @param nanos the amount
   */
  record Budget(@Nullable String fraction, long nanos) {}

  /** Refuses files that are not there, before anything is done. */
  static void requireThere(List<Path> files) {
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new WrongInput(file + ": found no such file");
      }
    }
  }

  /** The format that was asked for; null for what the names of the files tell. */
  @Nullable LogFormat format() {
    String name = format;
    if (name == null) {
      return null;
    }
    try {
      return LogFormat.named(name);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
  }

  /** Where rows that can't be read go; null to stop at the first. */
  @Nullable SkippedRows skipped(@Nullable Path folder) throws IOException {
    if (!skips(onError)) {
      return null;
    }
    Path name = Path.of("skipped-rows.jsonl");
    Path file = skippedFile;
    if (file == null) {
      file = folder == null ? name : folder.resolve(name);
    }
    return new SkippedRows(file);
  }

  /** Whether rows that can't be read are skipped; refuses what is neither stop nor skip. */
  static boolean skips(String onError) {
    if (!onError.equals("stop") && !onError.equals("skip")) {
      throw new WrongInput("--on-error: found '" + onError + "'; accepted: stop, skip");
    }
    return onError.equals("skip");
  }

  /**
   * Reads the rows asked for.
   *
   * @param campaigns the campaigns that rows may name; null for any
   * @param skipped where rows that can't be read go; null to stop at the first
   */
  AuctionLog read(@Nullable Set<String> campaigns, @Nullable SkippedRows skipped)
      throws IOException {
    long[] part = part(Long.MAX_VALUE);
    return read(
        new AuctionLog.Part(part[0], part[1], campaigns, campaign, campaigns != null), skipped);
  }

  private AuctionLog read(AuctionLog.Part part, @Nullable SkippedRows skipped) throws IOException {
    try (LogStream stream = new LogStream(logs, format(), false, skipped);
        WorkProgress progress = new WorkProgress("reading")) {
      AuctionLog log = AuctionLog.read(logs, stream, part, progress::at);
      if (log.tapes().isEmpty()) {
        log.close();
        if (part.first() > log.rows()) {
          part(log.rows());
        }
        throw new WrongInput(
            logs.get(0) + ": found no row of campaign '" + campaign + "'; accepted: one that has");
      }
      return log;
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    } finally {
      tell(skipped);
    }
  }

  /** Closes the file of skipped rows, and tells of it where there are any. */
  static void tell(@Nullable SkippedRows skipped) throws IOException {
    if (skipped != null) {
      skipped.close();
      if (skipped.count() > 0) {
        String file = skipped.file().toString();
        System.err.println(
            "dualbid: skipped "
                + skipped.count()
                + " rows"
                + (file.isEmpty() ? "" : "; " + file + " tells why"));
      }
    }
  }

  /** The auctions of one campaign, or of a log that names none. */
  AuctionTape only(AuctionLog log) {
    List<AuctionTape> tapes = log.tapes();
    if (tapes.size() > 1) {
      throw new WrongInput(
          logs.get(0)
              + ": found rows of several campaigns; accepted: --campaign with one of "
              + String.join(", ", tapes.stream().map(AuctionTape::campaign).sorted().toList()));
    }
    return tapes.get(0);
  }

  /** All auctions of the logs, in memory; stops at a row that can't be read. */
  AuctionColumns auctions() throws IOException {
    AuctionLog.Part all = new AuctionLog.Part(1, Long.MAX_VALUE, null, campaign, false);
    try (AuctionLog log = read(all, null)) {
      return AuctionColumns.of(only(log));
    }
  }

  /** First and last row to take, from 1, of a log with so many. */
  long[] part(long count) {
    String text = rows;
    if (text == null) {
      return new long[] {1, count};
    }
    long[] bounds = OptionTexts.range("--rows", text);
    long first = Math.max(1, bounds[0]);
    long last = Math.min(count, bounds[1]);
    if (first > last) {
      throw new WrongInput(
          logs.get(0) + ": found " + count + " rows; accepted: --rows within them");
    }
    return new long[] {first, last};
  }

  /** Whether a budget was asked for. */
  boolean hasBudget() {
    return budget != null || !budgetFractions.isEmpty();
  }

  /**
   * The budgets asked for, at least one.
   *
   * @param meanPrice the log's own mean price, in the unit of its prices
   * @param count number of auctions that a budget is for
   * @param priceUnitNanos what one unit of a price costs for one impression
   */
  List<Budget> budgets(double meanPrice, long count, long priceUnitNanos) throws IOException {
    String given = budget;
    if ((given == null) == budgetFractions.isEmpty()) {
      throw new WrongInput(
          "found "
              + (given == null ? "no budget" : "both --budget and --budget-fraction")
              + "; accepted: --budget X or --budget-fraction F");
    }
    try {
      if (given != null) {
        return List.of(new Budget(null, OptionTexts.amount(given)));
      }
      JsonNode info = info();
      double average =
          info == null
              ? meanPrice
              : info.path("cost_train").asDouble() / info.path("imp_train").asDouble();
      List<Budget> budgets = new ArrayList<>();
      for (String text : budgetFractions) {
        long units = (long) (average * OptionTexts.fraction(text) * count);
        budgets.add(new Budget(text, Math.multiplyExact(units, priceUnitNanos)));
      }
      return budgets;
    } catch (ArithmeticException e) {
      throw new WrongInput("--budget: found an amount that does not fit; accepted: below 9e9", e);
    }
  }

  /** What training says of the campaign; null where nothing was given. */
  @Nullable JsonNode info() throws IOException {
    Path file = campaignInfo;
    if (file == null) {
      return null;
    }
    JsonNode all;
    try {
      all = new ObjectMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new WrongInput(
          file
              + (at == null ? ":1:1" : ":" + at.getLineNr() + ":" + at.getColumnNr())
              + ": found no JSON; accepted: an object of campaigns by id",
          e);
    }
    String id = campaign;
    if (id == null || !all.path(id).isObject()) {
      throw new WrongInput(
          "--campaign: found "
              + (id == null ? "nothing" : "'" + id + "'")
              + "; accepted: a campaign in "
              + file
              + ": "
              + String.join(", ", (Iterable<String>) all::fieldNames));
    }
    JsonNode info = all.get(id);
    if (!(info.path("imp_train").asDouble() > 0) || !info.path("cost_train").isNumber()) {
      throw new WrongInput(
          file
              + ":1:1: found no imp_train and cost_train of '"
              + id
              + "'; accepted: impressions, clicks and cost of training");
    }
    return info;
  }
}
