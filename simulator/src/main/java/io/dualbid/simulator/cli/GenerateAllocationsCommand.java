package io.dualbid.simulator.cli;

import io.dualbid.simulator.log.AllocationGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes up an allocation log. */
@Command(
    name = "generate-allocations",
    description =
        "Writes an allocation log of made-up arrivals that several campaigns could take, as large"
            + " as wished, to try replay and hindsight on: the same seed gives the same log.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  dualbid generate-allocations --rows 10000000 --campaign-count 1000 --out alloc.jsonl.gz",
    })
final class GenerateAllocationsCommand implements Callable<Integer> {
  private static final long ROWS_BETWEEN_REPORTS = 10_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      required = true,
      description = "How many arrivals, at least 1.")
  private long rows;

  @Option(names = "--seed", paramLabel = "S", description = "Seed (default: 1).")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The log: .jsonl or .jsonl.gz; replaced where it is there.")
  private Path out = Path.of("");

  @Option(
      names = "--campaign-count",
      paramLabel = "N",
      description = "How many campaigns (default: 20).")
  private int campaigns = 20;

  @Option(
      names = "--options",
      paramLabel = "N",
      description = "Campaigns that could take an arrival (default: 3).")
  private int options = 3;

  @Option(
      names = "--success-probability",
      paramLabel = "P",
      description = "Of an option, on average; 1 for certain ones (default: 0.05).")
  private double probability = 0.05;

  @Option(
      names = "--scarcity",
      paramLabel = "S",
      description = "Budgets as a share of what all options would use (default: 0.25).")
  private double scarcity = 0.25;

  @Override
  public Integer call() throws IOException {
    if (rows < 1) {
      throw new WrongInput("--rows: found " + rows + "; accepted: 1 or more");
    }
    String name = out.toString();
    if (!name.endsWith(".jsonl") && !name.endsWith(".jsonl.gz")) {
      throw new WrongInput("--out: found '" + name + "'; accepted: .jsonl or .jsonl.gz");
    }
    AllocationGenerator generator;
    try {
      generator =
          new AllocationGenerator(
              seed, new AllocationGenerator.Shape(campaigns, options, probability, scarcity));
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
    try (Writer to = AllocationGenerator.open(out);
        WorkProgress progress = new WorkProgress("writing")) {
      generator.capacities(rows, to);
      for (long done = 0; done < rows; done += ROWS_BETWEEN_REPORTS) {
        generator.arrivals(Math.min(ROWS_BETWEEN_REPORTS, rows - done), to);
        progress.at(done, rows);
      }
    }
    return 0;
  }
}
