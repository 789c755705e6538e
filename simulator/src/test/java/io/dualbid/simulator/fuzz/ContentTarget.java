package io.dualbid.simulator.fuzz;

import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.PlacementDecision;
import io.dualbid.core.engine.Placer;
import io.dualbid.core.model.Lease;
import io.dualbid.core.placement.TooManyAnswers;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.codec.AnswerOrder;
import io.dualbid.stream.codec.ContentRequestDecoder;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.placement.EmbedderSource;
import io.dualbid.stream.record.RawRecord;

/** Requests for ads in content: each ends in a placement or a dead letter. */
public final class ContentTarget {
  private static final RequestPlace PLACE = new RequestPlace(0, 77);
  private static final ContentRequestDecoder REQUESTS =
      new ContentRequestDecoder(
          World.ENGINE.account(), 100, new FitModel(EmbedderSource.WORDS.open()));
  private static final PlacementCodec PLACEMENTS = new PlacementCodec();

  private ContentTarget() {}

  /** Answers one request. */
  public static void fuzzerTestOneInput(byte[] data) throws UnreadableRecord {
    Placer placer =
        new Placer(
            BidderControl.config(World.ENGINE),
            World.INCARNATION,
            new FrequencyCounter(1_024, 2_000));
    placer.define(World.CAMPAIGN);
    placer.lease(
        new Lease(1, "a", World.INCARNATION, 10_000, 1_000_000_000L, 0, World.NOW + 60_000),
        World.NOW);
    placer.warmedUp();
    try {
      ContentRequest request = REQUESTS.decode(data, World.NOW);
      PlacementDecision decision = placer.decide(request, World.NOW, 10_000);
      AnswerOrder order = new AnswerOrder(World.ENGINE.kafka().topics(), World.INCARNATION, 10_000);
      byte[] record = PLACEMENTS.encode(request, decision, World.NOW, PLACE, order);
      if (!PlacementCodec.decode(record).place().equals(PLACE)) {
        throw World.wrong("the placement lost its request");
      }
    } catch (UnreadableRecord e) {
      tell(data, e.reason());
    } catch (TooManyAnswers e) {
      tell(data, String.valueOf(e.getMessage()));
    }
  }

  private static void tell(byte[] data, String reason) throws UnreadableRecord {
    String topic = World.ENGINE.kafka().topics().contentRequests();
    RequestTarget.requireLetter(new RawRecord(topic, 0, 77, World.NOW, data, data), reason);
  }
}
