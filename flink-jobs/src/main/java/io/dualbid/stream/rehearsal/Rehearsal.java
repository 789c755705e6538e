package io.dualbid.stream.rehearsal;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Plays the whole loop in memory: request, bid, outcome, ledger, multiplier, lease, each through
 * its codec. The compiler has then seen the path that the first real request takes; without it, a
 * new process on a busy machine answers its first thousands of requests too late.
 *
 * <p>Touches no topic, no clock and none of the operators' state.
 */
public final class Rehearsal {
  private static final int ROUNDS = 3_000;
  private static final long BEGIN_MILLIS = 1_000_000_000_000L;
  private static final long INCARNATION = 1;
  private static final String CAMPAIGN = "rehearsal";

  private static boolean done;

  private final EngineConfig engine;
  private final Topics topics;
  private final JournalDecoder journal;
  private final Bidder bidder;
  private final Pacer pacer;
  private final LivingSubtasks subtasks = new LivingSubtasks();
  private final Collected collected = new Collected();
  private long offset;
  private int bids;

  private Rehearsal(EngineConfig engine) {
    this.engine = engine;
    PacingConfig pacing = engine.pacing();
    topics = engine.kafka().topics();
    journal = new JournalDecoder(topics);
    bidder =
        new Bidder(
            new BidderConfig(
                false,
                pacing.clockSkewMillis(),
                pacing.leaseLifetimeMillis(),
                engine.bidding().rankingSpread()),
            INCARNATION,
            new FrequencyCounter(1024, 1_000));
    pacer = new Pacer(CAMPAIGN, pacing, BEGIN_MILLIS, 0);
  }

  /**
   * Rehearses, the first time in a JVM; later calls return at once.
   *
   * @throws IllegalStateException if the loop doesn't close: no bid comes out of it
   */
  public static synchronized void once(EngineConfig engine) {
    if (!done) {
      new Rehearsal(engine).play();
      done = true;
    }
  }

  /** What the pacer answers, decoded from its own records. */
  private static final class Collected implements Pacer.Output {
    final List<byte[]> updates = new ArrayList<>();
    final List<byte[]> leases = new ArrayList<>();

    @Override
    public void pacing(PacingUpdate update) {
      updates.add(PacingUpdateCodec.encode(update));
    }

    @Override
    public void lease(Lease lease) {
      leases.add(LeaseCodec.encode(lease));
    }

    @Override
    public void feedbackAge(double millis) {
      // Measured in the jobs only.
    }
  }

  private void play() {
    Campaign campaign = campaign();
    bidder.define(campaign);
    bidder.warmedUp();
    pacer.define(campaign);
    BidRequestDecoder decoder =
        new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    BidCodec codec = new BidCodec(engine.account());
    Answer answer = new Answer();
    AnswerOrder order = new AnswerOrder(topics, INCARNATION, 0);
    try {
      for (int i = 0; i < ROUNDS; i++) {
        long now = BEGIN_MILLIS + i;
        subtasks.heard(new Heartbeat(INCARNATION, 0, now), now);
        pacer.tick(now, subtasks, collected);
        hear(now);
        BidRequest request = decoder.decode(request(i), now);
        bidder.decide(request, now, answer);
        RequestPlace place = new RequestPlace(0, i);
        if (answer.size() > 0) {
          settle(codec.encode(request, answer.offer(0), now, place, order), now, i % 2 == 0);
        } else {
          NoBidCodec.decode(
              NoBidCodec.encode(request.id(), Reason.NO_CANDIDATE, now, place, order));
        }
        order.answered();
      }
    } catch (UnreadableRecord e) {
      throw new IllegalStateException("the rehearsal can't read its own records", e);
    }
    if (bids == 0) {
      throw new IllegalStateException("the rehearsal made no bid: " + answer.reason());
    }
  }

  private void hear(long now) throws UnreadableRecord {
    for (byte[] update : collected.updates) {
      bidder.pacing(PacingUpdateCodec.decode(update), now);
    }
    for (byte[] lease : collected.leases) {
      bidder.lease(LeaseCodec.decode(lease), now);
    }
    collected.updates.clear();
    collected.leases.clear();
  }

  private void settle(byte[] response, long now, boolean wins) {
    JournalRecord read = journal.decode(record(topics.bids(), response, now));
    if (read instanceof Issued issued) {
      bids++;
      pacer.bid(issued.bid(), now, issued.offset());
      Outcome outcome =
          new Outcome(
              issued.bid().id() + "-rehearsed",
              wins ? Outcome.Kind.WIN : Outcome.Kind.LOSS,
              issued.bid().id(),
              CAMPAIGN,
              now,
              wins ? issued.bid().amountNanos() / 2 : 0,
              0,
              issued.bid().userKey());
      byte[] told = OutcomeCodec.encode(outcome);
      if (journal.decode(record(topics.outcomes(), told, now)) instanceof Learned learned) {
        pacer.outcome(learned.outcome(), now, learned.offset());
        Long userKey = learned.outcome().userKey();
        if (userKey != null) {
          bidder.won(CAMPAIGN, userKey, now);
        }
      }
    }
  }

  private RawRecord record(String topic, byte[] value, long now) {
    byte[] key = CAMPAIGN.getBytes(StandardCharsets.UTF_8);
    return new RawRecord(topic, 0, offset++, now, key, value);
  }

  private static Campaign campaign() {
    return new Campaign(
        CAMPAIGN,
        "rehearsal.example",
        List.of("IAB1"),
        Status.ACTIVE,
        1_000 * Money.NANOS_PER_UNIT,
        null,
        new Flight(BEGIN_MILLIS, BEGIN_MILLIS + 2 * ROUNDS, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.value(1.0),
        1.0,
        0.01,
        Money.NANOS_PER_UNIT,
        List.of(Creative.banner("banner", 300, 250)),
        new Targeting(
            Set.of("USA"),
            Set.of(),
            Set.of(),
            Set.of("blocked.example"),
            Set.of(),
            Set.of(),
            Set.of("none"),
            Set.of(),
            List.of(),
            new FrequencyCap(200, 60_000)));
  }

  private static byte[] request(int number) {
    String country = number % 8 == 0 ? "CAN" : "USA";
    return ("{\"id\":\"rehearsal-"
            + number
            + "\",\"at\":2,\"cur\":[\"USD\",\"EUR\"],\"tmax\":200,\"bcat\":[\"IAB25\"],"
            + "\"badv\":[\"rival.example\"],\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,"
            + "\"h\":250,\"format\":[{\"w\":300,\"h\":250},{\"w\":728,\"h\":90}],\"battr\":[13]},"
            + "\"bidfloor\":0.05,\"bidfloorcur\":\"USD\",\"ext\":{\"pctr\":0.0"
            + (1 + number % 9)
            + "}}],\"site\":{\"domain\":\"news.example\",\"page\":\"https://news.example/a\"},"
            + "\"device\":{\"devicetype\":2,\"ua\":\"Mozilla/5.0\",\"geo\":{\"country\":\""
            + country
            + "\",\"region\":\"CA\"}},\"user\":{\"id\":\"u"
            + number % 100
            + "\",\"data\":[{\"id\":\"d\",\"segment\":[{\"id\":\"1\"},{\"id\":\"2\"}]}]}}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
