package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.Offer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.simulator.chaos.SimulatedLog.Entry;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.HeartbeatCodec;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of a bidding subtask: the real bidder and codecs, and a host as the job's operator is
 * one. It reads its requests from where the last checkpoint of its group has been, so after a crash
 * some are answered again.
 */
final class BiddingProcess {
  private static final int MOST_AT_ONCE = 100;

  private final Timeline time;
  private final SimulatedLog log;
  private final Protocol protocol;
  private final Topics topics;
  private final Link link;
  private final Map<Integer, Long> positions = new TreeMap<>();
  private final BidRequestDecoder requests;
  private final BidCodec bids;
  private final Bidder bidder;
  private final BidderControl control;
  private final AnswerOrder order;
  private final Answer answer = new Answer();
  private final EngineConfig engine;
  private final long incarnation;
  private final int subtask;
  private final long skewMillis;
  private final long warmCampaigns;
  private final long warmPacing;
  private long campaignsRead;
  private long pacingRead;
  private long leasesRead;
  private long pausedUntil;
  private boolean dead;

  /**
   * Starts a run.
   *
   * @param subtask its index
   * @param parallelism of how many; it has the partitions of requests that fall to it
   * @param skewMillis by how much its clock is wrong
   */
  BiddingProcess(
      Timeline time,
      SimulatedLog log,
      Link link,
      Protocol protocol,
      EngineConfig engine,
      int subtask,
      int parallelism,
      long skewMillis) {
    this.time = time;
    this.log = log;
    this.link = link;
    this.protocol = protocol;
    this.engine = engine;
    this.topics = engine.kafka().topics();
    this.subtask = subtask;
    this.skewMillis = skewMillis;
    this.incarnation = time.bits();
    this.requests = new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    this.bids = new BidCodec(engine.account());
    this.bidder = BidderControl.bidder(engine, incarnation);
    this.control = new BidderControl(topics, bidder);
    this.order = new AnswerOrder(topics, incarnation, subtask);
    for (int p = subtask; p < log.partitions(topics.bidRequests()); p += parallelism) {
      positions.put(p, log.committedAt(log.moment()).getOrDefault(p, 0L));
    }
    warmCampaigns = log.end(topics.campaigns(), 0);
    warmPacing = log.end(topics.pacing(), 0);
    leasesRead = log.offsetAt(topics.leases(), 0, clock() - engine.pacing().leaseLifetimeMillis());
    warmUpIfOver();
    time.after(time.between(0, 20), this::poll);
    time.after(time.between(0, 20), this::beat);
    time.after(time.between(100, 400), this::checkpoint);
  }

  /** Dies. What it has sent and is under way a little later is lost. */
  void kill() {
    dead = true;
    link.cut(time.now() + time.between(0, 40));
  }

  /** Dies in a while, and loses nothing that it has sent. */
  void fadeAway(long millis) {
    time.after(millis, () -> dead = true);
  }

  /** Stands still, and goes on after a while. */
  void pause(long millis) {
    pausedUntil = Math.max(pausedUntil, time.now() + millis);
  }

  private long clock() {
    return time.now() + skewMillis;
  }

  private boolean isStill() {
    return time.now() < pausedUntil;
  }

  private void beat() {
    if (dead) {
      return;
    }
    if (!isStill()) {
      byte[] heartbeat = HeartbeatCodec.encode(new Heartbeat(incarnation, subtask, clock()));
      for (String topic : List.of(topics.bids(), topics.outcomes())) {
        for (int p = 0; p < log.partitions(topic); p++) {
          link.send(topic, p, null, heartbeat);
        }
      }
    }
    time.after(engine.bidding().heartbeatMillis(), this::beat);
  }

  /** At least once: what was answered since is answered again after a crash. */
  private void checkpoint() {
    if (dead) {
      return;
    }
    if (!isStill()) {
      Map<Integer, Long> reached = new TreeMap<>(positions);
      // A checkpoint waits for all answers up to it to have been acknowledged.
      time.at(link.allArrived(), () -> commit(reached));
    }
    time.after(time.between(200, 400), this::checkpoint);
  }

  private void commit(Map<Integer, Long> reached) {
    if (!dead) {
      log.commit(reached);
    }
  }

  private void poll() {
    if (dead) {
      return;
    }
    if (!isStill()) {
      campaignsRead = learn(topics.campaigns(), campaignsRead);
      pacingRead = learn(topics.pacing(), pacingRead);
      leasesRead = learn(topics.leases(), leasesRead);
      warmUpIfOver();
      positions.replaceAll(this::answerFrom);
    }
    time.after(time.between(3, 15), this::poll);
  }

  private long learn(String topic, long from) {
    long offset = from;
    for (Entry entry = log.read(topic, 0, offset);
        entry != null;
        entry = log.read(topic, 0, offset)) {
      try {
        if (topic.equals(topics.leases())) {
          var lease = LeaseCodec.decode(entry.raw.value());
          bidder.lease(protocol.received(lease, incarnation), clock());
        } else {
          control.apply(entry.raw, clock());
        }
      } catch (UnreadableRecord e) {
        // Of control, only definitions are ever corrupted here; pacing writes the dead letter.
        offset++;
        continue;
      }
      order.learned(entry.raw);
      offset++;
    }
    return offset;
  }

  private void warmUpIfOver() {
    if (!bidder.isWarm() && campaignsRead >= warmCampaigns && pacingRead >= warmPacing) {
      bidder.warmedUp();
    }
  }

  private long answerFrom(int partition, long from) {
    long offset = from;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Entry entry = log.read(topics.bidRequests(), partition, offset);
      if (entry == null) {
        return offset;
      }
      answer(entry.raw);
      offset++;
    }
    return offset;
  }

  private void answer(RawRecord raw) {
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    BidRequest request;
    try {
      request = requests.decode(raw.value(), raw.timeMillis());
    } catch (UnreadableRecord e) {
      OutRecord letter = DeadLetterCodec.record(topics.deadLetters(), raw, e.reason());
      link.send(letter.topic(), letter.key(), letter.value());
      return;
    }
    long now = clock();
    bidder.decide(request, now, answer);
    if (answer.size() == 0) {
      byte[] noBid = NoBidCodec.encode(request.id(), answer.reason(), now, place, order);
      link.send(topics.noBids(), raw.key(), noBid);
    }
    for (int i = 0; i < answer.size(); i++) {
      Offer offer = answer.offer(i);
      byte[] key = bytes(offer.campaign().id());
      byte[] bid = protocol.issued(bids.encode(request, offer, now, place, order));
      link.send(topics.bids(), key, bid);
    }
    order.answered();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
