package io.dualbid.simulator.outage;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.audit.AuditReport;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.simulator.outage.Outage.Kind;
import io.dualbid.simulator.outage.Recoveries.Recovery;
import io.dualbid.simulator.outage.Recoveries.Strike;
import io.dualbid.simulator.play.PacingWatch;
import io.dualbid.simulator.play.VariedCampaigns;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One run: starts everything as processes of their own, lets requests come and things go wrong by
 * the plan, then lets all heal, waits until every ledger is at rest, and compares the books.
 */
public final class OutageRun implements AutoCloseable {
  private static final int CAMPAIGNS = 8;

  /**
   * What an average campaign may spend per request, in account currency: too little, on purpose.
   */
  private static final double UNITS_PER_REQUEST = 0.00005;

  private static final long LEAD_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 50;
  private static final long START_MILLIS = 120_000;

  /** An outage that is not to overlap waits so long for the one before to be over. */
  private static final long LONGEST_WAIT_MILLIS = 25_000;

  private static final long HEAL_MILLIS = 120_000;
  private static final long REST_MILLIS = 180_000;

  private final Settings settings;
  private final OutageSettings files;
  private final Machinery machinery;
  private final Consumer<String> told;
  private final List<Outage> plan;
  private final List<Strike> strikes = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private final EngineConfig engine;
  private final KafkaClients clients;

  /**
   * What is run.
   *
   * @param seed of the plan and of the exchange
   * @param length how long requests come, at least
   * @param rate requests a second
   * @param kinds what may go wrong
   * @param folder for logs, records, state and the broker's data; gets some MB a minute
   */
  public record Settings(long seed, Duration length, double rate, List<Kind> kinds, Path folder) {
    public Settings {
      kinds = List.copyOf(kinds);
      if (!(rate > 0) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException("rate must be > 0: " + rate);
      }
    }
  }

  /**
   * Makes everything ready; nothing is started.
   *
   * @param told is told what happens, a line at a time
   */
  public OutageRun(Settings settings, Consumer<String> told) throws Exception {
    this.settings = settings;
    this.told = told;
    plan = OutagePlan.of(settings.seed(), settings.length().toMillis(), settings.kinds());
    files = OutageSettings.in(settings.folder());
    engine = files.engine(2, 2);
    clients = KafkaClients.of(engine);
    machinery = new Machinery(files, settings.seed(), settings.rate(), told);
  }

  /**
   * Runs.
   *
   * @throws IllegalStateException if the processes don't come up, or the supervisor fails
   */
  public OutageResult run() throws InterruptedException, IOException {
    machinery.startBroker();
    told.accept("starting broker, job manager, task managers, jobs");
    TopicSetup.ensure(clients, engine);
    machinery.startAll();
    await("all tasks to run", START_MILLIS, machinery::isWhole);
    long start = System.currentTimeMillis() + LEAD_MILLIS;
    List<Campaign> campaigns = campaigns(start);
    publish(campaigns);
    machinery.openExchange();
    await("bids", START_MILLIS, this::hasBids);
    long begin = System.currentTimeMillis();
    told.accept("bids come; things begin to go wrong");
    for (Outage outage : plan) {
      strike(outage, begin);
    }
    sleepUntil(begin + settings.length().toMillis());
    told.accept("nothing goes wrong any more");
    await("all to heal", HEAL_MILLIS, machinery::isWhole);
    int bids = bids();
    await("bids to come again", HEAL_MILLIS, () -> bids() > bids);
    double seconds = (System.currentTimeMillis() - begin) / 1e3;
    machinery.stopOffering();
    publish(campaigns.stream().map(campaign -> campaign.with(Status.PAUSED)).toList());
    settle(campaigns);
    return result(seconds);
  }

  private List<Campaign> campaigns(long start) {
    // A plan that waits for recoveries takes longer than was said, so flights are longer too.
    long flight = settings.length().toMillis() * 3 / 2 + START_MILLIS;
    double budget = UNITS_PER_REQUEST * settings.rate() * flight / 1e3;
    return VariedCampaigns.of(CAMPAIGNS, budget, settings.seed(), start, start + flight);
  }

  private void strike(Outage outage, long begin) throws InterruptedException {
    sleepUntil(begin + outage.atMillis());
    if (!outage.overlapping()) {
      long patience = System.currentTimeMillis() + LONGEST_WAIT_MILLIS;
      while (!machinery.isWhole() && System.currentTimeMillis() < patience) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    strikes.add(new Strike(outage, System.currentTimeMillis()));
    told.accept("! " + outage.toString().strip());
    machinery.strike(outage);
  }

  private void settle(List<Campaign> campaigns) throws InterruptedException {
    told.accept("waiting for the last outcomes, and for every ledger to be at rest");
    try (PacingWatch watch = new PacingWatch(clients, engine.kafka().topics().pacing())) {
      long end = System.currentTimeMillis() + REST_MILLIS;
      while (System.currentTimeMillis() < end) {
        if (watch.isAtRest(campaigns)
            && ExchangeBooks.read(files.recordFile()).outstanding() == 0) {
          return;
        }
        Thread.sleep(10 * LOOK_MILLIS);
      }
    }
    breaches.add("ledgers did not come to rest within " + REST_MILLIS / 1_000 + " s");
  }

  private OutageResult result(double seconds) {
    told.accept("comparing the books");
    AuditReport audit = Audit.of(engine);
    ExchangeBooks books = ExchangeBooks.read(files.recordFile());
    JournalView journal =
        JournalView.of(engine, (topic, taker) -> TopicScan.read(clients, topic, taker));
    RecordCheck.Result check = RecordCheck.of(books, journal);
    List<Recovery> recoveries = Recoveries.of(strikes, journal.bidMillis());
    breaches.addAll(audit.breaches());
    breaches.addAll(audit.differences());
    breaches.addAll(check.differences());
    if (audit.unmatched() > 0) {
      breaches.add(audit.unmatched() + " outcomes have no bid");
    }
    long missing = audit.accounting().withoutAnswer();
    if (missing > 0) {
      breaches.add(missing + " requests have no answer by the audit");
    }
    for (Recovery recovery : recoveries) {
      if (recovery.seconds() < 0) {
        breaches.add("no bid came after: " + recovery.strike().outage());
      }
    }
    Map<Kind, Integer> faults = new EnumMap<>(Kind.class);
    strikes.forEach(strike -> faults.merge(strike.outage().kind(), 1, Integer::sum));
    return new OutageResult(
        settings.seed(),
        seconds,
        plan,
        faults,
        byKind(recoveries),
        rising(recoveries.stream().filter(Recovery::ofKill).toList()),
        machinery.starts(),
        machinery.deaths(),
        machinery.resubmissions(),
        machinery.undone(),
        audit,
        new OutageResult.Books(
            books.offered(),
            books.asked().size(),
            check.bids(),
            check.promisedNanos(),
            check.chargedNanos(),
            check.told(),
            books.repeatedNotices()),
        audit.unmatched(),
        check.lostOutcomes(),
        check.doubleCharges(),
        breaches);
  }

  private static Map<Kind, OutageResult.Overcome> byKind(List<Recovery> recoveries) {
    Map<Kind, OutageResult.Overcome> byKind = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      List<Recovery> own =
          recoveries.stream().filter(one -> one.strike().outage().kind() == kind).toList();
      if (!own.isEmpty()) {
        int interrupted = (int) own.stream().filter(Recovery::interrupted).count();
        byKind.put(kind, new OutageResult.Overcome(rising(own), interrupted));
      }
    }
    return byKind;
  }

  private static List<Double> rising(List<Recovery> recoveries) {
    List<Double> seconds =
        new ArrayList<>(
            recoveries.stream().map(Recovery::seconds).filter(found -> found >= 0).toList());
    Collections.sort(seconds);
    return seconds;
  }

  private void publish(List<Campaign> campaigns) throws InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer = clients.newProducer()) {
      for (Campaign campaign : campaigns) {
        byte[] key = campaign.id().getBytes(StandardCharsets.UTF_8);
        byte[] value = Configurations.toJson(campaign);
        producer.send(new ProducerRecord<>(engine.kafka().topics().campaigns(), key, value)).get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("campaigns can't be published: " + e.getMessage(), e);
    }
  }

  private boolean hasBids() {
    return bids() > 0;
  }

  private int bids() {
    return ExchangeBooks.read(files.recordFile()).bids().size();
  }

  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  private static void await(String what, long patienceMillis, Condition condition)
      throws InterruptedException {
    long end = System.currentTimeMillis() + patienceMillis;
    while (!condition.holds()) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException(
            "waited " + patienceMillis / 1_000 + " s for " + what + " in vain; see the logs");
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static void sleepUntil(long timeMillis) throws InterruptedException {
    long left = timeMillis - System.currentTimeMillis();
    if (left > 0) {
      Thread.sleep(left);
    }
  }

  /** Kills every process that is left. */
  @Override
  public void close() {
    machinery.close();
  }
}
