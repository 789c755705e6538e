package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.simulator.chaos.SimulatedLog.Entry;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.Opportunity;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exchange: offers requests, takes the bids that are valid, and tells what became of them, late
 * and more than once if need be. It holds an auction for an impression once.
 */
final class ExchangeProcess {
  private static final int TOLD_AGAIN = 40;
  private static final long USUAL_NOTICE_MILLIS = 250;
  private static final double CLICK_RATE = 0.1;

  private final Timeline time;
  private final SimulatedLog log;
  private final Link link;
  private final Protocol protocol;
  private final Topics topics;
  private final Map<String, Opportunity> offered = new HashMap<>();
  private final Map<BidId, String> taken = new HashMap<>();
  private final Map<String, BidId> sold = new HashMap<>();
  private final long[] positions;
  private final List<Outcome> told = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private long extraMillis;
  private long extraUntil;

  ExchangeProcess(Timeline time, SimulatedLog log, Link link, Protocol protocol, Topics topics) {
    this.time = time;
    this.log = log;
    this.link = link;
    this.protocol = protocol;
    this.topics = topics;
    positions = new long[log.partitions(topics.bids())];
    time.after(5, this::poll);
  }

  /** Offers a request. */
  void offer(Opportunity opportunity) {
    offered.put(opportunity.requestId(), opportunity);
    byte[] key = opportunity.key().getBytes(StandardCharsets.UTF_8);
    link.send(topics.bidRequests(), key, opportunity.request());
  }

  /** For a while notices take so much longer. */
  void slowNotices(long millis, long lengthMillis) {
    extraMillis = millis;
    extraUntil = time.now() + lengthMillis;
  }

  /** Starts anew, and tells its last outcomes again. */
  void restart() {
    for (Outcome outcome : told.subList(Math.max(0, told.size() - TOLD_AGAIN), told.size())) {
      send(outcome);
    }
  }

  /** Impressions that were sold twice. */
  List<String> breaches() {
    return breaches;
  }

  private void poll() {
    for (int p = 0; p < positions.length; p++) {
      for (Entry entry = log.read(topics.bids(), p, positions[p]);
          entry != null;
          entry = log.read(topics.bids(), p, positions[p])) {
        positions[p]++;
        if (entry.journal() instanceof Issued issued) {
          take(issued);
        }
      }
    }
    time.after(time.between(2, 20), this::poll);
  }

  private void take(Issued issued) {
    Bid bid = issued.bid();
    Opportunity opportunity = offered.get(bid.requestId());
    Auction auction = opportunity == null ? null : opportunity.auction(bid.impressionId());
    if (auction == null || !protocol.accepts(bid, issued.appendMillis())) {
      return;
    }
    String before = taken.putIfAbsent(bid.id(), bid.campaign());
    if (before != null) {
      // A repeated answer may come from another campaign, which has reserved its price too.
      if (!before.equals(bid.campaign())) {
        plan(bid, Kind.LOSS, 0, 0, 0);
      }
      return;
    }
    BidId other = sold.putIfAbsent(bid.requestId() + "/" + bid.impressionId(), bid.id());
    if (other != null) {
      breaches.add("an impression of " + bid.requestId() + " was sold twice");
    }
    boolean won = auction.wonBy(bid.amountNanos());
    long charge = won ? auction.chargeNanos(bid.amountNanos()) : 0;
    long notice = plan(bid, won ? Kind.WIN : Kind.LOSS, charge, 0, 0);
    // Real users click so seldom that no budget for clicks would ever be used up.
    boolean clicked = bid.paysPerClick() ? time.chance(CLICK_RATE) : auction.clicked();
    if (won && clicked) {
      plan(bid, Kind.CLICK, 0, 1, notice);
      if (auction.converted()) {
        plan(bid, Kind.CONVERSION, 0, 2, notice);
      }
    }
  }

  /** Tells an outcome in a while, and says when. */
  private long plan(Bid bid, Kind kind, long charge, double value, long notBefore) {
    long delay = 2 + time.between(0, USUAL_NOTICE_MILLIS);
    long late = time.now() < extraUntil ? time.between(extraMillis / 2, extraMillis) : 0;
    long when = Math.max(time.now(), notBefore) + delay + late;
    String id = bid.id() + "-" + kind.label() + (kind == Kind.LOSS ? "-" + bid.campaign() : "");
    Outcome outcome =
        new Outcome(id, kind, bid.id(), bid.campaign(), when, charge, value, bid.userKey());
    Outcome complete = notBefore > 0 ? outcome.wonAt(notBefore) : outcome;
    time.at(when, () -> tell(complete));
    return when;
  }

  private void tell(Outcome outcome) {
    told.add(outcome);
    send(outcome);
  }

  private void send(Outcome outcome) {
    byte[] key = outcome.campaign().getBytes(StandardCharsets.UTF_8);
    link.send(topics.outcomes(), key, OutcomeCodec.encode(outcome));
  }
}
