package io.dualbid.simulator.play;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.PerClick;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.content.ContentExchange;
import io.dualbid.simulator.content.ContentStatistics;
import io.dualbid.simulator.content.ContentWorld;
import io.dualbid.simulator.exchange.Exchange;
import io.dualbid.simulator.exchange.ExchangeStatistics;
import io.dualbid.simulator.hindsight.Knapsack;
import io.dualbid.simulator.world.World;
import io.dualbid.stream.kafka.KafkaClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario against an engine that runs: publishes the campaigns, opens the exchange, waits
 * until every ledger is at rest, audits, and looks back.
 */
public final class Play {
  /** Time for definitions to arrive and for first leases, before the flight starts. */
  private static final long LEAD_MILLIS = 2_000;

  /** Where pacing takes longer to take up the campaigns, the flight is put off, by this at most. */
  private static final long LONGEST_LEAD_MILLIS = 64_000;

  /** What is left of the lead when the campaigns must be known: their first leases come in it. */
  private static final long LEASE_LEAD_MILLIS = 1_200;

  /** A limit for what hangs; a busy machine may take a while. */
  private static final long LONGEST_DRAIN_MILLIS = 180_000;

  private static final long LONGEST_WINDOW_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;

  private final EngineConfig engine;
  private final Scenario scenario;
  private final Progress progress;
  private final LongSupplier answered;
  private final double textsPerSecond;
  private volatile boolean stopped;

  /** Campaigns that pacing knows, and when their flight starts. */
  private record Published(List<Campaign> campaigns, long startMillis) {}

  /** What is told while it plays. */
  public interface Progress {
    /** What is being done. */
    void say(String text);

    /** How it stands, once a second. */
    void sample(Sample sample);
  }

  /**
   * What came of it.
   *
   * @param campaigns what was published
   * @param statistics what the exchange has counted
   * @param audit what the audit says
   * @param optima the hindsight optimum of each campaign
   * @param feedbackAge age of feedback in milliseconds
   * @param content what became of texts, or null where none were offered
   * @param seconds from the first request to the last
   * @param complete whether everything was offered
   * @param drained whether all ledgers came to rest
   * @param unreadableUpdates records on the topic of pacing that could not be read
   */
  public record Result(
      List<Campaign> campaigns,
      ExchangeStatistics statistics,
      AuditReport audit,
      Map<String, Knapsack> optima,
      Histogram feedbackAge,
      @Nullable ContentStatistics content,
      double seconds,
      boolean complete,
      boolean drained,
      long unreadableUpdates) {}

  /**
   * A play.
   *
   * @param answered number of requests answered so far, or a negative number where it is not known
   * @param textsPerSecond texts that ask for ads beside the requests; 0 for none
   */
  public Play(
      EngineConfig engine,
      Scenario scenario,
      Progress progress,
      LongSupplier answered,
      double textsPerSecond) {
    this.textsPerSecond = textsPerSecond;
    this.engine = engine;
    this.scenario = scenario;
    this.progress = progress;
    this.answered = answered;
  }

  /** Ends the play early; what has been played is settled and audited all the same. */
  public void stop() {
    stopped = true;
  }

  /**
   * Plays.
   *
   * @throws IOException if the world can't be read
   */
  public Result run() throws IOException, InterruptedException {
    KafkaClients clients = KafkaClients.of(engine);
    try (PacingWatch watch = new PacingWatch(clients, engine.kafka().topics().pacing())) {
      Published published = publishUntilKnown(clients, watch);
      List<Campaign> campaigns = published.campaigns;
      progress.say(
          "playing "
              + scenario.requests()
              + " requests at "
              + Math.round(scenario.rate())
              + "/s to "
              + campaigns.size()
              + (campaigns.size() == 1 ? " campaign" : " campaigns"));
      return play(clients, watch, campaigns, published.startMillis);
    }
  }

  /**
   * Publishes campaigns whose flight starts soon, and again with a later start where pacing has not
   * taken all of them up by then: on a machine that is busy or small the flight must not start
   * without them.
   */
  private Published publishUntilKnown(KafkaClients clients, PacingWatch watch)
      throws InterruptedException {
    for (long lead = LEAD_MILLIS; ; lead *= 2) {
      long start = System.currentTimeMillis() + lead;
      List<Campaign> campaigns = scenario.campaigns().of(start, start + scenario.durationMillis());
      publish(clients, campaigns);
      boolean known = watch.knows(campaigns, System.currentTimeMillis());
      while (!known && !stopped && System.currentTimeMillis() < start - LEASE_LEAD_MILLIS) {
        Thread.sleep(LOOK_MILLIS);
        known = watch.knows(campaigns, System.currentTimeMillis());
      }
      if (known || stopped || lead >= LONGEST_LEAD_MILLIS) {
        return new Published(campaigns, start);
      }
      progress.say("pacing has not taken up all campaigns yet; the flight starts later");
    }
  }

  private Result play(KafkaClients clients, PacingWatch watch, List<Campaign> campaigns, long start)
      throws IOException, InterruptedException {
    try (Exchange exchange =
            new Exchange(
                clients,
                engine,
                scenario.worlds().open(),
                new Exchange.Settings(scenario.rate(), start, scenario.delays(), scenario.seed()));
        ContentExchange content = content(clients, campaigns, start)) {
      long before = answered.getAsLong();
      Sampler sampler = new Sampler(start, exchange.statistics(), watch, before, answered);
      while (!exchange.hasOfferedAll() && !stopped) {
        requireHealthy(exchange, content);
        sampler.look(progress);
        Thread.sleep(LOOK_MILLIS);
      }
      double seconds = (System.currentTimeMillis() - start) / 1_000.0;
      boolean complete = exchange.hasOfferedAll();
      exchange.stopOffering();
      if (content != null) {
        content.stopOffering();
      }
      if (!complete) {
        progress.say("stopping: no further requests; settling what is open");
        publish(clients, campaigns.stream().map(Play::paused).toList());
      }
      boolean drained = drain(exchange, content, watch, campaigns, sampler);
      requireHealthy(exchange, content);
      progress.say("auditing the journal");
      AuditReport audit = Audit.of(engine);
      progress.say("looking back at what could have been had");
      long offered = exchange.statistics().requests();
      Map<String, Knapsack> optima;
      try (World again = scenario.worlds().open()) {
        optima = Offered.optima(engine, campaigns, again, offered, start, scenario.rate());
      }
      return new Result(
          campaigns,
          exchange.statistics(),
          audit,
          optima,
          watch.feedbackAge(),
          content == null ? null : content.statistics(),
          Math.max(0.001, seconds),
          complete,
          drained,
          watch.unreadable());
    }
  }

  private @Nullable ContentExchange content(
      KafkaClients clients, List<Campaign> campaigns, long start) {
    return textsPerSecond <= 0
        ? null
        : new ContentExchange(
            clients,
            engine.kafka().topics(),
            new ContentWorld(scenario.seed(), campaigns.stream().map(Campaign::id).toList()),
            textsPerSecond,
            start);
  }

  private static void requireHealthy(Exchange exchange, @Nullable ContentExchange content) {
    exchange.requireHealthy();
    if (content != null) {
      content.requireHealthy();
    }
  }

  private void publish(KafkaClients clients, List<Campaign> campaigns) throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = clients.newProducer()) {
      for (Campaign campaign : campaigns) {
        byte[] key = campaign.id().getBytes(StandardCharsets.UTF_8);
        producer
            .send(
                new ProducerRecord<>(
                    engine.kafka().topics().campaigns(), key, Configurations.toJson(campaign)))
            .get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("campaigns can't be published: " + e.getMessage(), e);
    }
  }

  private static Campaign paused(Campaign c) {
    return c.with(Status.PAUSED);
  }

  private boolean drain(
      Exchange exchange,
      @Nullable ContentExchange content,
      PacingWatch watch,
      List<Campaign> campaigns,
      Sampler sampler)
      throws InterruptedException {
    progress.say("settling: waiting for outcomes and for leases to end");
    long end = System.currentTimeMillis() + LONGEST_DRAIN_MILLIS + longestWindow(campaigns);
    while (System.currentTimeMillis() < end) {
      requireHealthy(exchange, content);
      sampler.look(progress);
      if (sampler.lag() <= 0
          && exchange.outstandingNotices() == 0
          && (content == null || content.outstanding() == 0)
          && watch.isAtRest(campaigns)) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /** How long clicks may still come; a play is not waited for longer than a minute for them. */
  private static long longestWindow(List<Campaign> campaigns) {
    long longest = 0;
    for (Campaign campaign : campaigns) {
      PerClick perClick = campaign.perClick();
      longest = Math.max(longest, perClick == null ? 0 : perClick.windowMillis());
    }
    return Math.min(LONGEST_WINDOW_MILLIS, longest);
  }
}
