package io.dualbid.simulator.cli;

import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogGenerator;
import io.dualbid.simulator.log.LogWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes up a log of auctions. */
@Command(
    name = "generate-log",
    description =
        "Writes a log of made-up auctions, as large as wished, to try replay and hindsight on: the"
            + " same seed gives the same log.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  dualbid generate-log --rows 10000000 --seed 1 --out auctions.csv.gz",
    })
final class GenerateLogCommand implements Callable<Integer> {
  private static final long ROWS_BETWEEN_REPORTS = 10_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      required = true,
      description = "How many auctions, at least 1.")
  private long rows;

  @Option(names = "--seed", paramLabel = "S", description = "Seed (default: 1).")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The log: .tsv, .csv or .jsonl, each also .gz; replaced where it is there.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "tsv, csv, jsonl, or ipinyou with prices as whole units (default: by the name).")
  private @Nullable String format;

  @Option(
      names = "--campaign-count",
      paramLabel = "N",
      description = "Rows name one of so many campaigns (default: 0, none).")
  private int campaigns;

  @Override
  public Integer call() throws IOException {
    if (rows < 1) {
      throw new WrongInput("--rows: found " + rows + "; accepted: 1 or more");
    }
    if (campaigns < 0) {
      throw new WrongInput("--campaign-count: found " + campaigns + "; accepted: 0 or more");
    }
    try {
      LogFormat chosen = format == null ? LogFormat.of(out) : LogFormat.named(format);
      write(chosen);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
    return 0;
  }

  private void write(LogFormat chosen) throws IOException {
    LogGenerator generator = new LogGenerator(seed, campaigns);
    try (LogWriter log = LogWriter.open(out, chosen);
        WorkProgress progress = new WorkProgress("writing")) {
      for (long done = 0; done < rows; done += ROWS_BETWEEN_REPORTS) {
        log.write(generator, Math.min(ROWS_BETWEEN_REPORTS, rows - done));
        progress.at(done, rows);
      }
    }
  }
}
