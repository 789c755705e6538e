package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.chaos.SimulatedLog.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All processes around one log, and what strikes them. */
final class Plant {
  private static final int FIRST_PARALLELISM = 2;
  private static final int MOST_PARALLELISM = 3;
  private static final int REPEATED = 30;
  private static final int CORRUPT = 8;

  /** Beyond what event time follows, below it, and below the time that a bid has. */
  private static final List<Long> STEPS_MILLIS =
      List.of(600_000L, 2_500L, 40L, 600_000L, 150L, 90L, 800L);

  private final Timeline time;
  private final SimulatedLog log;
  private final Weather weather;
  private final Protocol protocol;
  private final EngineConfig engine;
  private final Topics topics;
  private final OutsideView outside;
  private final Checkpoints checkpoints;
  private final ExchangeProcess exchange;
  private final List<BiddingProcess> bidders = new ArrayList<>();
  private final List<Campaign> campaigns = new ArrayList<>();
  private final Link operator;
  private PacingProcess pacer;

  Plant(
      Timeline time,
      SimulatedLog log,
      Weather weather,
      Protocol protocol,
      EngineConfig engine,
      OutsideView outside) {
    this.time = time;
    this.log = log;
    this.weather = weather;
    this.protocol = protocol;
    this.engine = engine;
    this.topics = engine.kafka().topics();
    this.outside = outside;
    this.checkpoints = new Checkpoints(time, log, topics, protocol);
    this.exchange = new ExchangeProcess(time, log, link(), protocol, topics);
    this.operator = link();
    this.pacer = newPacer();
  }

  /** Defines campaigns and starts the bidders. */
  void start(List<Campaign> first) {
    campaigns.addAll(first);
    campaigns.forEach(this::define);
    startBidders(FIRST_PARALLELISM);
  }

  /** The exchange. */
  ExchangeProcess exchange() {
    return exchange;
  }

  private Link link() {
    return new Link(time, log, weather);
  }

  private long skew() {
    long most = engine.pacing().clockSkewMillis() / 2;
    return time.between(-most, most);
  }

  private void startBidders(int count) {
    bidders.clear();
    for (int i = 0; i < count; i++) {
      bidders.add(newBidder(i, count));
    }
  }

  private BiddingProcess newBidder(int subtask, int parallelism) {
    return new BiddingProcess(time, log, link(), protocol, engine, subtask, parallelism, skew());
  }

  private PacingProcess newPacer() {
    checkpoints.fence(null);
    PacingProcess fresh =
        new PacingProcess(time, log, link(), protocol, engine, checkpoints, skew());
    checkpoints.fence(fresh);
    return fresh;
  }

  /** Lets a fault happen. */
  void strike(Fault fault) {
    int bidder = fault.target() % bidders.size();
    long length = fault.lengthMillis();
    switch (fault.kind()) {
      case BIDDER_CRASH -> {
        outside.broke();
        bidders.get(bidder).kill();
        time.after(length / 2, () -> replace(bidder));
      }
      case BIDDER_ZOMBIE -> {
        bidders.get(bidder).fadeAway(length);
        replace(bidder);
      }
      case BIDDER_PAUSE -> bidders.get(bidder).pause(length);
      case REBALANCE -> {
        outside.broke();
        bidders.forEach(BiddingProcess::kill);
        startBidders(1 + fault.target() % MOST_PARALLELISM);
      }
      case PACER_CRASH -> {
        outside.broke();
        pacer.kill();
        checkpoints.fence(null);
        PacingProcess dead = pacer;
        time.after(length / 2, () -> replace(dead));
      }
      case PACER_ZOMBIE -> {
        pacer.fadeAway(length);
        pacer = newPacer();
      }
      case PACER_PAUSE -> pacer.pause(length);
      case STATE_LOST -> {
        outside.broke();
        pacer.kill();
        checkpoints.lose();
        pacer = newPacer();
      }
      case CHECKPOINTS_FAIL -> checkpoints.fail(length);
      case BROKER_SLOW -> {
        weather.slowBy(length / 5);
        time.after(length, () -> weather.slowBy(0));
      }
      case BROKER_CLOCK_STEP -> stepClock(fault.target(), length);
      case PARTITION_STALLED -> pacer.stall(fault.target(), 2 * length);
      case EXCHANGE_RESTART -> exchange.restart();
      case NOTICES_SLOW -> exchange.slowNotices(length / 3, length);
      case NOTICES_LATE ->
          exchange.slowNotices(2 * engine.pacing().winWindowMillis() + length, length);
      case RECORDS_REPEATED -> repeat(fault.target());
      case RECORDS_CORRUPT -> corrupt(fault.target());
      case BUDGET_CUT -> rebudget(fault.target(), 3 + fault.target() % 6);
      case BUDGET_RAISED -> rebudget(fault.target(), 12 + fault.target() % 8);
      case CAMPAIGN_PAUSED -> {
        Campaign campaign = campaigns.get(fault.target() % campaigns.size());
        define(campaign.with(Campaign.Status.PAUSED));
        time.after(length, () -> define(current(campaign.id())));
      }
      case CAMPAIGN_WITHDRAWN -> {
        Campaign campaign = campaigns.get(fault.target() % campaigns.size());
        operator.send(topics.campaigns(), bytes(campaign.id()), null);
        time.after(length, () -> define(current(campaign.id())));
      }
    }
  }

  /** By much or little, of one broker or of all, for some records or for seconds. */
  private void stepClock(int target, long length) {
    long ahead = STEPS_MILLIS.get(target % STEPS_MILLIS.size());
    int broker = target / STEPS_MILLIS.size() % (SimulatedLog.PARTITIONS + 1) - 1;
    boolean shortly = target % 2 == 0;
    log.stepClock(broker, ahead);
    time.after(shortly ? length / 20 : length, () -> log.stepClock(broker, 0));
  }

  /** Another run takes the place of a bidder, unless the number of them has changed since. */
  private void replace(int subtask) {
    if (subtask < bidders.size()) {
      bidders.get(subtask).fadeAway(0);
      bidders.set(subtask, newBidder(subtask, bidders.size()));
    }
  }

  /** Another run takes the place of pacing, unless one has already. */
  private void replace(PacingProcess dead) {
    if (pacer.equals(dead)) {
      pacer = newPacer();
    }
  }

  private Campaign current(String id) {
    return campaigns.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }

  private void define(Campaign campaign) {
    operator.send(topics.campaigns(), bytes(campaign.id()), Configurations.toJson(campaign));
  }

  private void rebudget(int target, int tenths) {
    int index = target % campaigns.size();
    Campaign before = campaigns.get(index);
    Campaign after = before.withBudget(before.budgetNanos() / 10 * tenths);
    campaigns.set(index, after);
    define(after);
  }

  /** Some of the last records of a topic are written again. */
  private void repeat(int target) {
    String topic =
        List.of(topics.bids(), topics.outcomes(), topics.bidRequests(), topics.pacing())
            .get(target % 4);
    for (int p = 0; p < log.partitions(topic); p++) {
      long end = log.end(topic, p);
      for (long offset = Math.max(0, end - REPEATED); offset < end; offset++) {
        Entry entry = log.read(topic, p, offset);
        if (entry != null && time.chance(0.5)) {
          operator.send(topic, p, entry.raw.key(), entry.raw.value());
        }
      }
    }
  }

  /** Bytes that mean nothing are written, and records that were torn. */
  private void corrupt(int target) {
    String topic =
        List.of(topics.bids(), topics.outcomes(), topics.bidRequests(), topics.campaigns())
            .get(target % 4);
    for (int i = 0; i < CORRUPT; i++) {
      int partition = (int) time.between(0, log.partitions(topic) - 1L);
      long end = log.end(topic, partition);
      Entry entry = end == 0 ? null : log.read(topic, partition, time.between(0, end - 1));
      byte[] value = entry == null ? null : entry.raw.value();
      byte[] torn =
          value == null || value.length == 0 || time.chance(0.5)
              ? noise()
              : Arrays.copyOf(value, (int) time.between(0, value.length - 1L));
      operator.send(topic, partition, bytes("campaign-01"), torn);
    }
  }

  private byte[] noise() {
    byte[] noise = new byte[(int) time.between(0, 200)];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) time.between(-128, 127);
    }
    return noise;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
