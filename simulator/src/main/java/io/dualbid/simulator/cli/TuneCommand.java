package io.dualbid.simulator.cli;

import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.tune.CrossValidation;
import io.dualbid.simulator.tune.Trials;
import io.dualbid.simulator.tune.TuneReader;
import io.dualbid.simulator.tune.TuneSpace;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches configuration values on logs. */
@Command(
    name = "tune",
    description = {
      "Searches the values that a file names, on a log of auctions, for the greatest mean share of"
          + " the optimum in hindsight; prints the YAML to adopt and how sure it is.",
      "The log is cut into blocks, each played with a budget of its own. What is found on the first"
          + " blocks plays the next one beside the default, block after block: only such gains"
          + " count. Where they may as well be none, the default is what to adopt.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  dualbid tune config/tune/dmd.yaml --log auctions.csv.gz",
      "  dualbid tune space.yaml --log 2997.txt.gz --format ipinyou --budget-fraction 1/16 \\",
      "    --campaign-info campaigns-info.json --campaign 2997 --out results",
    })
final class TuneCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SPACE.yaml", description = "What to search and how to judge.")
  private Path file = Path.of("");

  @Mixin private LogOptions log = new LogOptions();
  @Mixin private WorldOptions world = new WorldOptions();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "What is drawn follows from it (default: the file's).")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write summary.json, trials.csv, adopt.yaml and skipped rows there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    TuneSpace space = space();
    if (log.logs.isEmpty()) {
      throw new WrongInput("--log: found nothing; accepted: a log of auctions");
    }
    if (log.budget != null) {
      throw new WrongInput(
          "--budget: found an amount, though blocks have budgets of their own; accepted:"
              + " --budget-fraction, or budget-fractions in "
              + file);
    }
    world.rules();
    LogOptions.requireThere(log.logs);
    Path folder = out;
    if (folder != null) {
      Files.createDirectories(folder);
    }
    SkippedRows skipped = log.skipped(folder);
    TuneAnswer answer;
    try (AuctionLog read = log.read(null, skipped)) {
      answer = answer(space, new TuneReplay(read, log.only(read), space, log, world));
    }
    String summary = Summary.text(answer.json(skipped == null ? 0 : skipped.count())) + "\n";
    if (folder != null) {
      Files.writeString(folder.resolve("summary.json"), summary);
      Files.writeString(folder.resolve("trials.csv"), answer.csv());
      Files.writeString(folder.resolve("adopt.yaml"), answer.yaml());
    }
    System.out.print(json ? summary : answer.table());
    System.out.flush();
    return 0;
  }

  private TuneSpace space() throws IOException {
    TuneSpace space = TuneReader.read(file, TextFile.read(file));
    Long own = seed;
    if (own != null) {
      space = space.seeded(own);
    }
    if (log.budgetFractions.isEmpty()) {
      log.budgetFractions = space.budgetFractions();
    }
    return space.withBudgets(log.budgetFractions);
  }

  private static TuneAnswer answer(TuneSpace space, TuneReplay replay) {
    Trials trials = new Trials(replay);
    CrossValidation validation = space.validation();
    int searches = validation.folds() + 1;
    // The last search and each of the folds; most of what they ask for was played before.
    long each = space.search().plays();
    long[] done = {0, 0};
    CrossValidation.Answer answer;
    try (WorkProgress progress = new WorkProgress("tuning")) {
      trials.watchedBy(
          () -> {
            done[1] = Math.min(each, done[1] + 1);
            progress.at(done[0] * each + done[1], searches * each);
          });
      answer =
          validation.of(
              space.search(),
              trials,
              search -> {
                done[0] = search;
                done[1] = 0;
              });
    }
    return new TuneAnswer(space, replay, answer, trials.plays());
  }
}
