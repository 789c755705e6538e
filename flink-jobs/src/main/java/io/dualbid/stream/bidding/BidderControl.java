package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.CampaignHolder;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.codec.CampaignRecords;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;

/**
 * Tells a bidder what the control topics say: definitions, multipliers, leases and wins. The job
 * and whoever decides its requests again do it alike.
 */
public final class BidderControl {
  /** How long a bid is counted as an impression while its outcome is open. */
  static final long PENDING_MILLIS = 2_000;

  private final Topics topics;
  private final CampaignHolder bidder;
  private final JournalDecoder journal;

  /** The control of a bidder, or of who else spends campaigns' money. */
  public BidderControl(Topics topics, CampaignHolder bidder) {
    this.topics = topics;
    this.bidder = bidder;
    this.journal = new JournalDecoder(topics);
  }

  /** A bidder as the job makes it for a run of a subtask that remembers no impressions. */
  public static Bidder bidder(EngineConfig engine, long incarnation) {
    return bidder(
        engine,
        incarnation,
        new FrequencyCounter(engine.bidding().frequencyCounters(), PENDING_MILLIS));
  }

  static Bidder bidder(EngineConfig engine, long incarnation, FrequencyCounter counter) {
    return new Bidder(config(engine), incarnation, counter);
  }

  /** What spenders of leases must know of their surroundings. */
  public static BidderConfig config(EngineConfig engine) {
    return new BidderConfig(
        engine.account().answerTestRequests(),
        engine.pacing().clockSkewMillis(),
        engine.pacing().leaseLifetimeMillis(),
        engine.bidding().rankingSpread(),
        engine.bidding().allocation().policy());
  }

  /** The campaign that a record of campaigns or pacing is about. */
  static String campaign(RawRecord raw) {
    return raw.key() == null ? "" : new String(raw.key(), StandardCharsets.UTF_8);
  }

  /**
   * Takes in a record.
   *
   * @param nowMillis the host's clock
   * @return whether it changed anything
   * @throws UnreadableRecord if it can't be read; nothing has changed then
   */
  public boolean apply(RawRecord raw, long nowMillis) throws UnreadableRecord {
    if (raw.topic().equals(topics.leases())) {
      bidder.lease(LeaseCodec.decode(raw.value()), nowMillis);
      return true;
    }
    if (raw.topic().equals(topics.outcomes())) {
      return won(raw);
    }
    if (raw.topic().equals(topics.pacing())) {
      if (raw.value() == null) {
        return false;
      }
      bidder.pacing(PacingUpdateCodec.decode(raw.value()), nowMillis);
      return true;
    }
    return define(raw);
  }

  private boolean won(RawRecord raw) {
    if (journal.decode(raw) instanceof Learned learned
        && learned.outcome().kind() == Outcome.Kind.WIN) {
      Outcome win = learned.outcome();
      Long userKey = win.userKey();
      if (userKey != null) {
        bidder.won(win.campaign(), userKey, learned.appendMillis());
        return true;
      }
    }
    return false;
  }

  private boolean define(RawRecord raw) throws UnreadableRecord {
    String id = campaign(raw);
    byte[] value = raw.value();
    if (value == null) {
      bidder.remove(id);
      return true;
    }
    bidder.define(CampaignRecords.definition(id, value));
    return true;
  }
}
