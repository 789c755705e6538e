package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.CampaignHolder;
import io.dualbid.core.engine.Offer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Reason;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestId;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.BrokerView;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hands requests to the {@link Bidder} and its answers on. */
final class BiddingOperator extends SpendingOperator {
  private static final long serialVersionUID = 1L;

  /** Bytes of the longest key that answers repeat. */
  private static final int LONGEST_KEY = 4_096;

  // Set by holder, before any record comes.
  private transient BidRequestDecoder requests;
  private transient BidCodec bids;
  private transient Bidder bidder;
  private transient Answer answer;

  @SuppressWarnings("NullAway.Init") // the transient fields are set by holder
  BiddingOperator(EngineConfig engine, BrokerView broker) {
    super(engine, broker);
  }

  @Override
  protected CampaignHolder holder(long run, FrequencyCounter counter) {
    requests = new BidRequestDecoder(engine().account(), engine().bidding().defaultTmaxMillis());
    bids = new BidCodec(engine().account());
    answer = new Answer();
    bidder = BidderControl.bidder(engine(), run, counter);
    return bidder;
  }

  @Override
  protected long overloadDelayMillis() {
    return engine().bidding().overloadDelayMillis();
  }

  @Override
  protected void putAside(RawRecord raw, long now) throws UnreadableRecord {
    meters().request();
    decline(raw, RequestId.of(raw.value()), Reason.OVERLOADED, now);
    order().answered();
  }

  private void decline(RawRecord raw, String requestId, Reason reason, long now) {
    meters().noBid(reason);
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    emit(
        new OutRecord(
            engine().kafka().topics().noBids(),
            OutRecord.BY_KEY,
            key(raw, requestId),
            NoBidCodec.encode(requestId, reason, now, place, order())));
  }

  @Override
  protected void decide(RawRecord raw, long now) throws UnreadableRecord {
    Topics topics = engine().kafka().topics();
    EngineMetrics meters = meters();
    AnswerOrder order = order();
    long start = System.nanoTime();
    meters.request();
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    BidRequest request = requests.decode(raw.value(), raw.timeMillis());
    bidder.decide(request, now, answer);
    if (answer.size() == 0) {
      decline(raw, request.id(), answer.reason(), now);
    } else {
      meters.bid(answer.size());
      for (int i = 0; i < answer.size(); i++) {
        Offer offer = answer.offer(i);
        emit(
            new OutRecord(
                topics.bids(),
                OutRecord.BY_KEY,
                offer.campaign().id().getBytes(StandardCharsets.UTF_8),
                bids.encode(request, offer, now, place, order)));
      }
    }
    order.answered();
    meters.decision(System.nanoTime() - start);
  }

  /** The key of a request, unless it is so long that an answer with it might not be taken. */
  private static byte @Nullable [] key(RawRecord raw, String requestId) {
    byte[] key = raw.key();
    return key == null || key.length <= LONGEST_KEY
        ? key
        : requestId.getBytes(StandardCharsets.UTF_8);
  }
}
