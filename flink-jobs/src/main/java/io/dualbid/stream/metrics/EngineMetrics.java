package io.dualbid.stream.metrics;

import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.Reason;
import io.dualbid.core.pacing.PartitionTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of the engine, all under the prefix {@code dualbid.}: what {@code docs/metrics.md}
 * lists.
 *
 * <p>Counters are looked up once, so counting allocates nothing. Thread safe.
 */
public final class EngineMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(EngineMetrics.class);
  private static final Duration MEMORY = Duration.ofMinutes(10);
  private static final long SWEEP_MILLIS = 60_000;
  private static final long CAMPAIGN_MEMORY_MILLIS = 3_600_000;

  private final MeterRegistry registry;
  private final Counter requests;
  private final Counter bids;
  private final Counter impressionBids;
  private final Counter bidDeadLetters;
  private final Counter pacingDeadLetters;
  private final Counter placementDeadLetters;
  private final Counter contentRequests;
  private final Counter placedAds;
  private final Map<Reason, Counter> noBids = new EnumMap<>(Reason.class);
  private final Map<Reason, Counter> noPlacements = new EnumMap<>(Reason.class);
  private final DistributionSummary decisionNanos;
  private final DistributionSummary requestDelay;
  private final DistributionSummary feedbackAge;
  private final Counter wins;
  private final Counter losses;
  private final Counter leases;
  private final Counter breaches;
  private final Counter lateWins;
  private final Counter unmatched;
  private final Counter duplicates;
  private final Counter stampedAhead;
  private final Recency pacingSilence;
  private final Recency journalLag;
  private final Map<String, CheckpointWatch> checkpoints = new ConcurrentHashMap<>();
  private final Map<String, CampaignMeters> campaigns = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private final AtomicLong lastSweep = new AtomicLong();
  private final AtomicLong savedCampaigns = new AtomicLong();
  private final AtomicLong savedBytes = new AtomicLong();
  private final DistributionSummary snapshotTime;

  /** Registers the meters. */
  public EngineMetrics(MeterRegistry registry) {
    this(registry, System::currentTimeMillis);
  }

  /**
   * Registers the meters.
   *
   * @param clock in ms since the epoch
   */
  EngineMetrics(MeterRegistry registry, LongSupplier clock) {
    this.registry = registry;
    this.clock = clock;
    requests = registry.counter("dualbid.requests");
    bids = registry.counter("dualbid.bids");
    impressionBids = registry.counter("dualbid.impression.bids");
    bidDeadLetters = registry.counter("dualbid.dead.letters", "job", "bidding");
    pacingDeadLetters = registry.counter("dualbid.dead.letters", "job", "pacing");
    placementDeadLetters = registry.counter("dualbid.dead.letters", "job", "placement");
    contentRequests = registry.counter("dualbid.content.requests");
    placedAds = registry.counter("dualbid.placed.ads");
    for (Reason reason : Reason.values()) {
      noBids.put(reason, registry.counter("dualbid.no.bids", "reason", reason.label()));
      noPlacements.put(reason, registry.counter("dualbid.no.placements", "reason", reason.label()));
    }
    decisionNanos = distribution("dualbid.decision.time", "ns", 3);
    requestDelay = distribution("dualbid.request.delay", "ms", 2);
    feedbackAge = distribution("dualbid.feedback.age", "ms", 2);
    snapshotTime = distribution("dualbid.snapshot.time", "ms", 2);
    Gauge.builder("dualbid.state.campaigns", savedCampaigns, AtomicLong::get).register(registry);
    Gauge.builder("dualbid.state.size", savedBytes, AtomicLong::get)
        .baseUnit("bytes")
        .register(registry);
    wins = registry.counter("dualbid.wins");
    losses = registry.counter("dualbid.losses");
    leases = registry.counter("dualbid.leases");
    breaches = registry.counter("dualbid.ledger.breaches");
    lateWins = registry.counter("dualbid.late.wins");
    unmatched = registry.counter("dualbid.unmatched");
    duplicates = registry.counter("dualbid.duplicates");
    stampedAhead = registry.counter("dualbid.stamped.ahead");
    pacingSilence = recency("dualbid.pacing.silence");
    journalLag = recency("dualbid.journal.lag");
  }

  private Recency recency(String name) {
    Recency recency = new Recency(System::currentTimeMillis);
    Gauge.builder(name, recency, Recency::worstMillis).baseUnit("ms").register(registry);
    return recency;
  }

  private DistributionSummary distribution(String name, String unit, int precision) {
    return DistributionSummary.builder(name)
        .baseUnit(unit)
        .publishPercentiles(0.5, 0.9, 0.99)
        .percentilePrecision(precision)
        .distributionStatisticExpiry(MEMORY)
        // Each value is recorded once for each part of the memory.
        .distributionStatisticBufferLength(2)
        .register(registry);
  }

  /** A request was read. */
  public void request() {
    requests.increment();
  }

  /** A request was answered with bids on {@code impressions} impressions. */
  public void bid(int impressions) {
    bids.increment();
    impressionBids.increment(impressions);
  }

  /** A request was answered with no bid. */
  public void noBid(Reason reason) {
    Counter counter = noBids.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A record of the bidding job's inputs can't be read. */
  public void biddingDeadLetter() {
    bidDeadLetters.increment();
  }

  /** A record of the pacing job's inputs can't be read. */
  public void pacingDeadLetter() {
    pacingDeadLetters.increment();
  }

  /** A content request was answered with {@code ads} ads, or with none for a reason. */
  public void placement(int ads, @Nullable Reason reason) {
    contentRequests.increment();
    placedAds.increment(ads);
    Counter counter = reason == null ? null : noPlacements.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** A content request can't be read. */
  public void placementDeadLetter() {
    placementDeadLetters.increment();
  }

  /** A decision took so long, from raw request to encoded answer. */
  public void decision(long nanos) {
    decisionNanos.record((double) nanos);
  }

  /** A request was read so long after it was written; below 0 where clocks differ. */
  public void requestDelay(long millis) {
    requestDelay.record((double) Math.max(0, millis));
  }

  /** An outcome entered a step at this age. */
  public void feedbackAge(double millis) {
    feedbackAge.record(millis);
  }

  /** A lease was granted. */
  public void lease() {
    leases.increment();
  }

  /** How long ago subtasks that spend last heard of pacing. */
  public Recency pacingSilence() {
    return pacingSilence;
  }

  /** How far the pacing job's event time, the append time of the journal, is behind the clock. */
  public Recency journalLag() {
    return journalLag;
  }

  /** Ledgers of this JVM's pacing subtasks are more, or fewer, and larger, or smaller, by this. */
  public void state(long campaignsMore, long bytesMore) {
    savedCampaigns.addAndGet(campaignsMore);
    savedBytes.addAndGet(bytesMore);
  }

  /** A pacing subtask has written what changed for a checkpoint; records waited for so long. */
  public void snapshot(double millis) {
    snapshotTime.record(millis);
  }

  /**
   * Watches the checkpoints of a job's subtasks in this JVM.
   *
   * @param job bidding, pacing or placement
   */
  public CheckpointWatch checkpoints(String job) {
    return checkpoints.computeIfAbsent(
        job,
        name -> {
          CheckpointWatch watch = new CheckpointWatch(name, LOG::warn);
          Gauge.builder("dualbid.checkpoint.age", watch, w -> w.ageMillis(clock.getAsLong()))
              .tags("job", name)
              .baseUnit("ms")
              .strongReference(true)
              .register(registry);
          FunctionCounter.builder(
                  "dualbid.checkpoints.aborted", watch, CheckpointWatch::abortedCount)
              .tags("job", name)
              .register(registry);
          return watch;
        });
  }

  /**
   * A record of the journal was read; counts it where the broker says that it was appended more
   * than {@link PartitionTime#LEAD_MILLIS} after now.
   */
  public void appended(long appendMillis) {
    if (appendMillis - clock.getAsLong() > PartitionTime.LEAD_MILLIS) {
      stampedAhead.increment();
    }
  }

  /**
   * A campaign's ledger has moved on; the last state is kept for gauges, and for an hour beyond the
   * last time that anything is told of it: then it has ended, or another JVM tells of it.
   */
  public void campaign(PacingUpdate update) {
    long now = clock.getAsLong();
    CampaignMeters meters =
        campaigns.computeIfAbsent(update.campaign(), id -> new CampaignMeters(registry, id));
    meters.heardMillis = now;
    sweep(now);
    PacingUpdate before = meters.last;
    meters.last = update;
    count(wins, update, before, Totals::wins);
    count(losses, update, before, Totals::losses);
    count(lateWins, update, before, Totals::lateWins);
    count(unmatched, update, before, Totals::unmatched);
    count(duplicates, update, before, Totals::duplicates);
    if (update.problem() != null && (before == null || before.problem() == null)) {
      breaches.increment();
    }
  }

  private void sweep(long now) {
    long last = lastSweep.get();
    if (now - last < SWEEP_MILLIS || !lastSweep.compareAndSet(last, now)) {
      return;
    }
    campaigns.forEach(
        (id, meters) -> {
          if (now - meters.heardMillis > CAMPAIGN_MEMORY_MILLIS && campaigns.remove(id, meters)) {
            meters.gauges.forEach(registry::remove);
          }
        });
  }

  /** Adds what a total has grown by; a state that is folded anew starts below, and adds nothing. */
  private static void count(
      Counter counter,
      PacingUpdate update,
      @Nullable PacingUpdate before,
      ToLongFunction<Totals> total) {
    long known = before == null ? 0 : total.applyAsLong(before.totals());
    counter.increment((double) Math.max(0, total.applyAsLong(update.totals()) - known));
  }

  /** Requests that were read. */
  public long requestCount() {
    return (long) requests.count();
  }

  /** Requests that were answered with bids. */
  public long bidCount() {
    return (long) bids.count();
  }

  /** A percentile of the time of decisions, in nanoseconds: 0.5, 0.9 or 0.99. */
  public double decisionNanos(double percentile) {
    for (ValueAtPercentile value : decisionNanos.takeSnapshot().percentileValues()) {
      if (value.percentile() == percentile) {
        return value.value();
      }
    }
    throw new IllegalArgumentException("percentile must be 0.5, 0.9 or 0.99: " + percentile);
  }

  /** The registry, for readers of the meters within this JVM. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Gauges of one campaign over its last update. */
  private static final class CampaignMeters {
    private final List<Gauge> gauges = new ArrayList<>();
    private volatile @Nullable PacingUpdate last;
    private volatile long heardMillis;

    CampaignMeters(MeterRegistry registry, String id) {
      Tags tags = Tags.of("campaign", id);
      gauge(registry, "dualbid.spend", tags, u -> Money.units(u.ledger().spentNanos()));
      gauge(registry, "dualbid.reserved", tags, u -> Money.units(u.ledger().reservedNanos()));
      gauge(registry, "dualbid.leased", tags, u -> Money.units(u.ledger().leasedNanos()));
      gauge(registry, "dualbid.budget", tags, u -> Money.units(u.ledger().budgetNanos()));
      gauge(
          registry,
          "dualbid.multiplier",
          tags.and("kind", "budget"),
          u -> u.multipliers().budget());
      gauge(registry, "dualbid.active", tags, u -> u.state() == PacingUpdate.State.ACTIVE ? 1 : 0);
      gauge(registry, "dualbid.multiplier", tags.and("kind", "ros"), u -> u.multipliers().ros());
      gauge(registry, "dualbid.ros.slack", tags, u -> Money.units(u.totals().slackNanos()));
      gauge(
          registry,
          "dualbid.ros.slack.realised",
          tags,
          u -> Money.units(u.totals().realisedSlackNanos()));
      gauge(
          registry, "dualbid.expected", tags, u -> Money.units(u.ledger().expected().totalNanos()));
      gauge(registry, "dualbid.load", tags, u -> u.multipliers().load());
      gauge(registry, "dualbid.free.clicks", tags, u -> (double) u.totals().paidClicks().free());
      gauge(registry, "dualbid.calibration", tags, u -> u.multipliers().calibration());
      gauge(
          registry,
          "dualbid.pacing.error",
          tags,
          u -> Money.units(u.totals().plannedNanos() - u.ledger().spentNanos()));
    }

    private void gauge(
        MeterRegistry registry, String name, Tags tags, ToDoubleFunction<PacingUpdate> value) {
      gauges.add(
          Gauge.builder(
                  name,
                  this,
                  meters -> {
                    PacingUpdate update = meters.last;
                    return update == null ? Double.NaN : value.applyAsDouble(update);
                  })
              .tags(tags)
              .strongReference(true)
              .register(registry));
    }
  }
}
