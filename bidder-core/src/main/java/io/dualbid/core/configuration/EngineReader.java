package io.dualbid.core.configuration;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.configuration.EngineConfig.Allocation;
import io.dualbid.core.configuration.EngineConfig.Bidding;
import io.dualbid.core.configuration.EngineConfig.Creation;
import io.dualbid.core.configuration.EngineConfig.Kafka;
import io.dualbid.core.configuration.EngineConfig.Metrics;
import io.dualbid.core.configuration.EngineConfig.PacingJob;
import io.dualbid.core.configuration.EngineConfig.Placement;
import io.dualbid.core.configuration.EngineConfig.State;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.pacing.PacingConfig;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code engine.yaml}. The defaults are those of {@code engine.schema.json}. */
final class EngineReader {
  private static final long LONGEST_TMAX_MILLIS = 3_600_000;
  private static final int SHORTEST_TOKEN = 16;

  /** Addresses that only this machine reaches. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1\\]?|\\[?0:0:0:0:0:0:0:1\\]?");

  private static final Pattern SECRET = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final UnaryOperator<@Nullable String> environment;

  /**
   * A reader.
   *
   * @param environment value of an environment variable, or null
   */
  EngineReader(UnaryOperator<@Nullable String> environment) {
    this.environment = environment;
  }

  @Nullable EngineConfig read(Document document) {
    Section root = new Section(document, "");
    Account account = account(root.section("account"));
    Kafka kafka = kafka(root.section("kafka"));
    Bidding bidding = bidding(root.section("bidding"));
    Section pacingSection = root.section("pacing");
    PacingConfig pacing = pacing(pacingSection);
    PacingJob job =
        new PacingJob(
            pacingSection.integer("parallelism", 2),
            pacingSection.duration("checkpoint-interval", 100));
    Placement placement = placement(root.section("placement"));
    State state = new State(root.section("state").text("checkpoints"));
    Metrics endpoint = metrics(root.section("metrics"));
    if (pacing == null || !document.problems().isEmpty()) {
      return null;
    }
    return new EngineConfig(account, kafka, bidding, pacing, job, placement, state, endpoint);
  }

  private Metrics metrics(Section section) {
    String bind = section.text("bind", "127.0.0.1");
    int port = section.integer("port", 0);
    String given = section.text("token");
    String token = given == null ? null : filled(section, "token", given);
    if (token != null && token.length() < SHORTEST_TOKEN) {
      section.problem(
          "token",
          "found a token of " + token.length() + " characters",
          "one of " + SHORTEST_TOKEN + " or more, such as ${DUALBID_METRICS_TOKEN}");
    } else if (token == null && port != 0 && !LOOPBACK.matcher(bind).matches()) {
      section.problem(
          "bind",
          "found " + bind + ", an address that others reach, without a token",
          "127.0.0.1, or a 'token' beside it that readers must show");
    }
    return new Metrics(bind, port, token);
  }

  private static Account account(Section section) {
    Map<String, BigDecimal> rates = new TreeMap<>();
    Section table = section.section("rates");
    for (String currency : section.map("rates").keySet()) {
      rates.put(currency, table.decimal(currency, BigDecimal.ONE));
    }
    return new Account(
        section.text("currency", "USD"),
        rates,
        section.text("seat"),
        section.bool("answer-test-requests", false));
  }

  private Kafka kafka(Section section) {
    Map<String, String> properties = new TreeMap<>();
    Section given = section.section("properties");
    section
        .map("properties")
        .forEach((name, value) -> properties.put(name, filled(given, name, value)));
    Section creation = section.section("create-topics");
    Section names = section.section("topics");
    Topics standard = Topics.DEFAULT;
    Topics topics =
        new Topics(
            names.text("bid-requests", standard.bidRequests()),
            names.text("bids", standard.bids()),
            names.text("no-bids", standard.noBids()),
            names.text("outcomes", standard.outcomes()),
            names.text("campaigns", standard.campaigns()),
            names.text("pacing", standard.pacing()),
            names.text("leases", standard.leases()),
            names.text("dead-letters", standard.deadLetters()),
            names.text("content-requests", standard.contentRequests()),
            names.text("placements", standard.placements()),
            names.text("campaign-history", standard.campaignHistory()));
    return new Kafka(
        section.text("bootstrap", ""),
        properties,
        new Creation(
            creation.bool("enabled", true),
            creation.integer("partitions", 4),
            creation.integer("replication", 1)),
        topics);
  }

  /** Puts values of environment variables into a setting. Their values are never told. */
  private String filled(Section section, String name, String value) {
    Matcher matcher = SECRET.matcher(value);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String secret = environment.apply(matcher.group(1));
      if (secret == null) {
        section.problem(
            name,
            "found ${" + matcher.group(1) + "}, which is not set in the environment",
            "the name of an environment variable that is set");
      }
      matcher.appendReplacement(result, Matcher.quoteReplacement(secret == null ? "" : secret));
    }
    return matcher.appendTail(result).toString();
  }

  private static Bidding bidding(Section section) {
    int counters = section.integer("frequency-counters", 65_536);
    if (Integer.bitCount(counters) != 1) {
      section.problem(
          "frequency-counters", "found " + counters, "a power of two from 1024 to 16777216");
    }
    long tmax = tmax(section, 200);
    return new Bidding(
        section.integer("parallelism", 2),
        (int) tmax,
        section.duration("overload-delay", halfOf(tmax)),
        section.duration("heartbeat", 50),
        section.duration("checkpoint-interval", 1_000),
        counters,
        section.number("ranking-spread", Bidding.DEFAULT_RANKING_SPREAD),
        allocation(section));
  }

  private static Placement placement(Section section) {
    long tmax = tmax(section, 1_000);
    return new Placement(
        section.integer("parallelism", 1),
        (int) tmax,
        section.duration("overload-delay", halfOf(tmax)));
  }

  private static long tmax(Section section, long otherwise) {
    long millis = section.duration("default-tmax", otherwise);
    if (millis < 1 || millis > LONGEST_TMAX_MILLIS) {
      section.problem("default-tmax", "found " + millis + " ms", "a duration from 1ms to 1h");
    }
    return millis;
  }

  /** Who has waited for half of the time has half of it left to be answered in. */
  private static long halfOf(long tmaxMillis) {
    return Math.max(1, tmaxMillis / 2);
  }

  /** The knobs of one policy are left aside by another, so that it can be changed alone. */
  private static Allocation allocation(Section section) {
    Allocation standard = Allocation.DEFAULT;
    Allocation.Kind kind =
        section.choice(
            "allocation",
            standard.kind(),
            label -> Allocation.Kind.valueOf(CampaignReader.constant(label)));
    return new Allocation(
        kind,
        section.choice(
            "balance-discount",
            standard.discount(),
            label -> Discount.valueOf(CampaignReader.constant(label))),
        section.integer("allocation-seed", (int) standard.seed()));
  }

  private static @Nullable PacingConfig pacing(Section section) {
    PacingConfig standard = PacingConfig.DEFAULT;
    Section step = section.section("step");
    Section leases = section.section("leases");
    long interval = leases.duration("interval", standard.leaseIntervalMillis());
    long lifetime = leases.duration("lifetime", standard.leaseLifetimeMillis());
    long skew = section.duration("clock-skew", standard.clockSkewMillis());
    long window = section.duration("win-window", standard.winWindowMillis());
    long memory = section.duration("deduplication", standard.deduplicationMillis());
    if (lifetime <= interval + skew) {
      leases.problem(
          "lifetime",
          "found " + lifetime + "ms",
          "more than the lease interval and the clock skew together (" + (interval + skew) + "ms)");
    }
    if (memory < window) {
      section.problem(
          "deduplication", "found " + memory + "ms", "at least the win window (" + window + "ms)");
    }
    return section.make(
        () ->
            new PacingConfig(
                section.duration("period", standard.periodMillis()),
                step.number("adaptive", standard.adaptiveStep()),
                step.number("return", standard.returnStep()),
                step.number("age-cap", standard.ageCap()),
                interval,
                lifetime,
                leases.duration("coverage", standard.leaseCoverageMillis()),
                skew,
                window,
                memory,
                section.duration("liveness", standard.livenessMillis())));
  }
}
