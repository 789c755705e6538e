package io.dualbid.simulator.fuzz;

import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.model.BidRequest;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.RawRecord;
import java.util.Objects;

/** Bid requests: each ends in bids, a no-bid or a dead letter that can be written and read. */
public final class RequestTarget {
  private static final RequestPlace PLACE = new RequestPlace(0, 77);
  private static final BidRequestDecoder REQUESTS =
      new BidRequestDecoder(World.ENGINE.account(), 100);
  private static final BidCodec BIDS = new BidCodec(World.ENGINE.account());
  private static final JournalDecoder JOURNAL = new JournalDecoder(World.ENGINE.kafka().topics());

  private RequestTarget() {}

  /** Answers one request. */
  public static void fuzzerTestOneInput(byte[] data) throws UnreadableRecord {
    String topic = World.ENGINE.kafka().topics().bidRequests();
    BidRequest request;
    try {
      request = REQUESTS.decode(data, World.NOW);
    } catch (UnreadableRecord e) {
      requireLetter(new RawRecord(topic, 0, 77, World.NOW, data, data), e.reason());
      return;
    }
    Bidder bidder = World.bidder();
    Answer answer = new Answer();
    AnswerOrder order = new AnswerOrder(World.ENGINE.kafka().topics(), World.INCARNATION, 0);
    bidder.decide(request, World.NOW, answer);
    if (answer.size() == 0) {
      byte[] record = NoBidCodec.encode(request.id(), answer.reason(), World.NOW, PLACE, order);
      if (!NoBidCodec.decode(record).place().equals(PLACE)) {
        throw World.wrong("the no-bid lost its request");
      }
    }
    for (int i = 0; i < answer.size(); i++) {
      byte[] record = BIDS.encode(request, answer.offer(i), World.NOW, PLACE, order);
      RawRecord raw = World.record(World.ENGINE.kafka().topics().bids(), i, "a", record);
      if (!(JOURNAL.decode(raw) instanceof Issued issued)
          || !issued.bid().requestId().equals(request.id())
          || record.length > World.MOST_RECORD_BYTES) {
        throw World.wrong("the journal does not take this bid: " + JOURNAL.decode(raw));
      }
    }
  }

  /** A dead letter must be short enough to be written, and tell the place and the reason. */
  static void requireLetter(RawRecord raw, String reason) throws UnreadableRecord {
    byte[] letter =
        Objects.requireNonNull(DeadLetterCodec.record("dead-letters", raw, reason).value());
    DeadLetter read = DeadLetterCodec.decode(letter);
    if (letter.length > World.MOST_RECORD_BYTES
        || read.reason().isEmpty()
        || read.place().offset() != raw.offset()) {
      throw World.wrong("a dead letter of " + letter.length + " bytes: " + read);
    }
  }
}
