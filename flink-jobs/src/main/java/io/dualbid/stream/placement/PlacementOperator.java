package io.dualbid.stream.placement;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.CampaignHolder;
import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.PlacementDecision;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.engine.Placer;
import io.dualbid.core.model.Reason;
import io.dualbid.core.placement.TooManyAnswers;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.bidding.SpendingOperator;
import io.dualbid.stream.codec.BidCodec;
import io.dualbid.stream.codec.ContentRequestDecoder;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.RequestId;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.kafka.BrokerView;
import io.dualbid.stream.metrics.EngineMetrics;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;

/**
 * Hands requests for ads in content to the {@link Placer}, and its placements and promises on. Bids
 * go before the placement that names them.
 *
 * <p>It gives signs of life only while requests come: a subtask that has nothing to place is not
 * made out any leases, so that their money is where it is spent.
 */
final class PlacementOperator extends SpendingOperator {
  private static final long serialVersionUID = 1L;

  private static final long LIVELY_MILLIS = 10_000;

  /** Longest answer, which brokers take by default with room to spare. */
  private static final int MOST_ANSWER_BYTES = 1_000_000;

  private final EmbedderSource embedders;

  // Set by holder, before any record comes.
  private transient ContentRequestDecoder requests;
  private transient PlacementCodec placements;
  private transient BidCodec bids;
  private transient Placer placer;
  private transient long lastRequestMillis;

  @SuppressWarnings("NullAway.Init") // the transient fields are set by holder
  PlacementOperator(EngineConfig engine, BrokerView broker, EmbedderSource embedders) {
    super(engine, broker);
    this.embedders = embedders;
  }

  @Override
  protected CampaignHolder holder(long run, FrequencyCounter counter) {
    requests =
        new ContentRequestDecoder(
            engine().account(),
            engine().placement().defaultTmaxMillis(),
            new FitModel(embedders.open()));
    placements = new PlacementCodec();
    bids = new BidCodec(engine().account());
    placer = new Placer(BidderControl.config(engine()), run, counter);
    lastRequestMillis = Long.MIN_VALUE / 2;
    return placer;
  }

  @Override
  protected String job() {
    return "placement";
  }

  @Override
  protected int firstSubtask() {
    return PlacementJob.FIRST_SUBTASK;
  }

  @Override
  protected boolean isLively(long nowMillis) {
    return nowMillis - lastRequestMillis < LIVELY_MILLIS;
  }

  @Override
  protected void countDeadLetter(EngineMetrics counters) {
    counters.placementDeadLetter();
  }

  @Override
  protected long overloadDelayMillis() {
    return engine().placement().overloadDelayMillis();
  }

  @Override
  protected void putAside(RawRecord raw, long nowMillis) throws UnreadableRecord {
    lastRequestMillis = nowMillis;
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    String id = RequestId.of(raw.value());
    emit(
        new OutRecord(
            engine().kafka().topics().placements(),
            OutRecord.BY_KEY,
            id.getBytes(StandardCharsets.UTF_8),
            placements.decline(id, Reason.OVERLOADED, nowMillis, place, order())));
    order().answered();
    meters().placement(0, Reason.OVERLOADED);
  }

  @Override
  protected void decide(RawRecord raw, long nowMillis) throws UnreadableRecord {
    lastRequestMillis = nowMillis;
    Topics topics = engine().kafka().topics();
    RequestPlace place = new RequestPlace(raw.partition(), raw.offset());
    ContentRequest request = requests.decode(raw.value(), raw.timeMillis());
    PlacementDecision decision;
    try {
      decision = placer.decide(request, nowMillis, subtask());
    } catch (TooManyAnswers e) {
      throw new UnreadableRecord(String.valueOf(e.getMessage()));
    }
    byte[] answer = placements.encode(request, decision, nowMillis, place, order());
    if (answer.length > MOST_ANSWER_BYTES) {
      throw new UnreadableRecord(
          "found creatives that take "
              + answer.length
              + " bytes to answer; accepted: at most "
              + MOST_ANSWER_BYTES);
    }
    String currency = request.context().responseCurrency();
    for (Shown shown : decision.shown()) {
      if (currency == null) {
        throw new IllegalStateException("an ad without a currency: " + request.context().id());
      }
      emit(
          new OutRecord(
              topics.bids(),
              OutRecord.BY_KEY,
              shown.campaign().id().getBytes(StandardCharsets.UTF_8),
              bids.encode(shown.bid(), shown.campaign(), currency, place)));
    }
    emit(
        new OutRecord(
            topics.placements(),
            OutRecord.BY_KEY,
            request.context().id().getBytes(StandardCharsets.UTF_8),
            answer));
    order().answered();
    Reason reason = decision.reason();
    meters().placement(decision.shown().size(), reason);
  }
}
