package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.RawRecord;
import java.io.Serializable;

/** Reads the records that pacing folds: bids, outcomes, heartbeats and definitions of campaigns. */
public final class JournalDecoder implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The partition of the topic of bids whose heartbeats stand for all their copies. */
  private static final int LEADING_PARTITION = 0;

  private final Topics topics;

  /** A decoder for topics of these names. */
  public JournalDecoder(Topics topics) {
    this.topics = topics;
  }

  /** The record, of whatever kind; {@link Unreadable} with the reason where it is of none. */
  public JournalRecord decode(RawRecord raw) {
    try {
      if (raw.topic().equals(topics.campaigns())) {
        return defined(raw);
      }
      boolean ofBids = raw.topic().equals(topics.bids());
      Bid bid = ofBids ? new BidReader().read(raw.value()) : null;
      if (bid != null) {
        return new Issued(bid, raw.offset(), raw.timeMillis());
      }
      JsonNode node = Json.parse(raw.value());
      if (HeartbeatCodec.isHeartbeat(node)) {
        Heartbeat heartbeat = HeartbeatCodec.decode(node);
        boolean leading = ofBids && raw.partition() == LEADING_PARTITION;
        return new Beat(heartbeat, raw.timeMillis(), leading);
      }
      return new Learned(OutcomeCodec.decode(node), raw.offset(), raw.timeMillis());
    } catch (UnreadableRecord e) {
      return new Unreadable(raw, e.reason());
    }
  }

  /** Which request a record of the topic of bids answers. */
  public static RequestPlace place(RawRecord raw) {
    try {
      return BidCodec.place(Json.parse(raw.value()));
    } catch (UnreadableRecord e) {
      return RequestPlace.UNKNOWN;
    }
  }

  private static JournalRecord defined(RawRecord raw) throws UnreadableRecord {
    return new Defined(CampaignRecords.id(raw.key()), raw);
  }
}
