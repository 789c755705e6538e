package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.marketplace.MarketplaceReader;
import io.dualbid.simulator.marketplace.MarketplaceScenario;
import io.dualbid.simulator.play.GeneratedCampaigns;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.simulator.world.GeneratedWorld;
import io.dualbid.simulator.world.Landscape;
import io.dualbid.simulator.world.LogStatistics;
import io.dualbid.simulator.world.LogWorld;
import io.dualbid.simulator.world.RequestFileWorld;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is played: options that {@code demo} and {@code exchange} share. */
final class ScenarioOptions {
  /** Bids in the log's protocol are whole numbers from 0 to 300. */
  private static final long HIGHEST_IPINYOU_BID = 300;

  private static final double DEFAULT_RATE = 2_000;

  /** Average budget of generated campaigns for each thousand requests and campaign. */
  private static final double BUDGET_PER_THOUSAND_REQUESTS = 0.6;

  @Mixin LogOptions log = new LogOptions();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long to play, such as 20s (default: 60s; with --log: the whole log).")
  @Nullable Duration duration;

  @Option(names = "--rate", paramLabel = "N", description = "Requests a second (default: 2000).")
  double rate = DEFAULT_RATE;

  @Option(
      names = "--requests",
      paramLabel = "FILE",
      description =
          "Take the requests from this file, one OpenRTB request a line, plain or gzipped;"
              + " prices and clicks are generated.")
  @Nullable Path requests;

  @Option(
      names = "--start-multiplier",
      paramLabel = "MU",
      description = "The multiplier before any feedback.")
  @Nullable Double startMultiplier;

  @Option(
      names = "--campaign-count",
      paramLabel = "N",
      description = "Number of generated campaigns (default: 50).")
  int campaignCount = 50;

  @Option(
      names = "--campaigns",
      paramLabel = "FILE",
      description = "Play these campaigns (YAML) instead of generated ones; flights as they are.")
  @Nullable Path campaigns;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of everything random (default: 1).")
  long seed = 1;

  @Option(
      names = "--content-rate",
      paramLabel = "N",
      description =
          "Let N generated texts a second ask the placement job for ads, paid out of the same"
              + " budgets (default: 0, none).")
  double contentRate;

  @Option(
      names = "--notice-delay",
      paramLabel = "MIN..MAX",
      description = "Delay of win and loss notices in milliseconds (default: 0..20).")
  String noticeDelay = "0..20";

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "Play this scenario of a marketplace, whose campaigns pay by the click; --duration, --rate"
              + " and --seed stand above what it says.")
  @Nullable Path scenario;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /** The marketplace of {@code --scenario} as other options change it, or null without one. */
  @Nullable MarketplaceScenario marketplace() throws IOException {
    Path file = scenario;
    if (file == null) {
      return null;
    }
    if (!log.logs.isEmpty() || requests != null || campaigns != null) {
      throw new WrongInput(
          "found --scenario beside --log, --requests or --campaigns; accepted: one of them");
    }
    String text = TextFile.read(file);
    if (!MarketplaceReader.recognises(file, text)) {
      throw new WrongInput(
          file + ":1:1: found no 'marketplace'; accepted: a scenario of a marketplace");
    }
    MarketplaceScenario read = MarketplaceReader.read(file, text);
    Duration time = duration;
    MarketplaceScenario timed =
        read.over(
            time == null ? read.durationMillis() : time.toMillis(),
            isGiven("--rate") ? rate : read.rate());
    return isGiven("--seed") ? timed.seeded(seed) : timed;
  }

  private boolean isGiven(String option) {
    CommandSpec own = spec;
    return own != null
        && own.commandLine().getParseResult() != null
        && own.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Texts a second; 0 for none. */
  double contentRate() {
    if (!(contentRate >= 0) || Double.isInfinite(contentRate)) {
      throw new WrongInput(
          "--content-rate: found " + contentRate + "; accepted: a number of at least 0");
    }
    return contentRate;
  }

  /** The scenario that the options describe. */
  Scenario scenario() throws IOException {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new WrongInput("--rate: found " + rate + "; accepted: a number above 0");
    }
    MarketplaceScenario marketplace = marketplace();
    if (marketplace != null) {
      return marketplace.play();
    }
    if (log.logs.isEmpty()) {
      return generated();
    }
    if (requests != null) {
      throw new WrongInput("found both --log and --requests; accepted: one of them");
    }
    return fromLog(log.logs);
  }

  private Delays delays() {
    long[] bounds = OptionTexts.range("--notice-delay", noticeDelay);
    Delays s = Delays.SHORT;
    return new Delays(
        bounds[0],
        bounds[1],
        s.clickMinMillis(),
        s.clickMaxMillis(),
        s.conversionMinMillis(),
        s.conversionMaxMillis());
  }

  private Scenario generated() throws IOException {
    Duration time = duration == null ? Duration.ofSeconds(60) : duration;
    long count = Math.max(1, Math.round(rate * time.toMillis() / 1_000.0));
    Path file = requests;
    if (file != null) {
      // Read once beforehand, so that a bad file is told before anything is started.
      new RequestFileWorld(file, Landscape.DISPLAY, seed, 0).close();
    }
    if (campaignCount < 1) {
      throw new WrongInput("--campaign-count: found " + campaignCount + "; accepted: 1 or more");
    }
    double average = BUDGET_PER_THOUSAND_REQUESTS * count / 1_000 / campaignCount;
    return new Scenario(
        file == null ? "generated" : "requests of " + file.getFileName(),
        () ->
            file == null
                ? new GeneratedWorld(Landscape.DISPLAY, seed, count)
                : new RequestFileWorld(file, Landscape.DISPLAY, seed, count),
        campaigns((start, end) -> GeneratedCampaigns.of(campaignCount, average, seed, start, end)),
        count,
        rate,
        delays(),
        seed);
  }

  private Scenario.Campaigns campaigns(Scenario.Campaigns otherwise) throws IOException {
    Path file = campaigns;
    if (file == null) {
      return otherwise;
    }
    List<Campaign> given = Configurations.campaigns(file.toString(), TextFile.read(file));
    return (start, end) -> given;
  }

  private Scenario fromLog(List<Path> files) throws IOException {
    LogFormat format = log.format();
    LogOptions.requireThere(files);
    LogStatistics statistics;
    try (SkippedRows skipped = log.skipped(null)) {
      statistics = LogStatistics.read(files, format, skipped);
    } catch (IllegalArgumentException e) {
      throw new WrongInput(e.getMessage(), e);
    }
    boolean skips = statistics.skippedRows() > 0;
    long[] part = log.part(statistics.rows());
    long first = part[0];
    long last = part[1];
    if (duration != null) {
      last = Math.min(last, first - 1 + Math.round(rate * duration.toMillis() / 1_000.0));
    }
    if (first > last) {
      throw new WrongInput("--duration: found " + duration + "; accepted: time for one request");
    }
    long from = first;
    long to = last;
    long count = last - first + 1;
    List<LogOptions.Budget> budgets =
        log.budgets(statistics.meanPrice(), count, statistics.priceUnitNanos());
    if (budgets.size() > 1) {
      throw new WrongInput(
          "--budget-fraction: found " + budgets.size() + " fractions; accepted: one to play");
    }
    long nanos = budgets.get(0).nanos();
    double start = startMultiplier(statistics, Money.units(nanos) / count);
    String given = log.campaign;
    String id = given == null ? "log" : given;
    return new Scenario(
        (format == null ? "log " : log.format + " ")
            + files.get(0).getFileName()
            + " "
            + from
            + ".."
            + to,
        () -> new LogWorld(files, format, skips ? SkippedRows.told() : null, seed, from, to),
        campaigns((begin, end) -> List.of(ofLog(id, nanos, start, begin, end))),
        count,
        rate,
        delays(),
        seed);
  }

  private static Campaign ofLog(String id, long nanos, double start, long begin, long end) {
    return new Campaign(
        id,
        "advertiser.example",
        List.of(),
        Status.ACTIVE,
        nanos,
        null,
        new Flight(begin, end, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, start),
        1.0,
        0.001,
        HIGHEST_IPINYOU_BID * Money.NANOS_PER_UNIT,
        List.of(Creative.banner("300x250", 300, 250)),
        Targeting.ANY);
  }

  private double startMultiplier(LogStatistics statistics, double budgetPerAuction)
      throws IOException {
    Double given = startMultiplier;
    if (given != null) {
      if (!(given > 0) || Double.isInfinite(given)) {
        throw new WrongInput("--start-multiplier: found " + given + "; accepted: above 0");
      }
      return given;
    }
    return LogStart.multiplier(
        log.info(),
        statistics.meanClickRate(),
        budgetPerAuction,
        Money.units(statistics.priceUnitNanos()));
  }

  /** For the help of options whose defaults depend on others. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s at %.0f/s", log.logs.isEmpty() ? "generated" : log.logs, rate);
  }
}
