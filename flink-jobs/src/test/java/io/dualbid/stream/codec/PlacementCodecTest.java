package io.dualbid.stream.codec;

import static io.dualbid.stream.Records.NOW;
import static io.dualbid.stream.Records.TOPICS;
import static io.dualbid.stream.Records.campaign;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.ContentRequest;
import io.dualbid.core.engine.ContentRequest.Candidate;
import io.dualbid.core.engine.PlacementDecision;
import io.dualbid.core.engine.PlacementDecision.Shown;
import io.dualbid.core.engine.Placer;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.targeting.FrequencyCounter;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the record of a placement says, field by field. */
class PlacementCodecTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long UNIT = 1_000_000_000L;
  private static final RequestPlace PLACE = new RequestPlace(3, 44);

  private static Candidate creative(String campaign, double weight) {
    return new Candidate(campaign, "of " + campaign, List.of(weight), List.of(), Set.of());
  }

  private static ContentRequest request() {
    BidRequest context =
        new BidRequest(
            "t", NOW, 200, false, "USD", true, List.of(), null, null, null, null, List.of(),
            List.of(), List.of(), List.of());
    return new ContentRequest(
        context,
        PlacementInstance.positions(1),
        new UserModel.Mnl(),
        Limits.of(1),
        false,
        List.of(creative("a", 0.5), creative("b", 0.4), creative("x", 0.3)));
  }

  private static PlacementDecision decided(boolean perClick) {
    Placer placer =
        new Placer(new BidderConfig(false, 20, 3_000, 0), 7, new FrequencyCounter(1024, 1_000));
    for (String id : List.of("a", "b")) {
      placer.define(
          perClick
              ? campaign(id).paying(new PerClick(id.equals("a") ? UNIT : UNIT / 2, 9_000))
              : campaign(id));
      placer.lease(
          new Lease(1, id, 7, 0, 100 * UNIT, Lease.ANY_SLACK, 0, NOW + 2_000, perClick), NOW);
    }
    placer.warmedUp();
    return placer.decide(request(), NOW, 0);
  }

  private static JsonNode json(byte[] record) throws IOException {
    return JSON.readTree(record);
  }

  private static AnswerOrder order() {
    return new AnswerOrder(TOPICS, 7, 1);
  }

  @Test
  void tellsWhoIsShownWhereAndForHowMuch() throws IOException {
    for (boolean perClick : new boolean[] {true, false}) {
      PlacementDecision decision = decided(perClick);
      Shown shown = decision.shown().get(0);
      Placed placed = shown.placed();
      PlacementResult auction = Objects.requireNonNull(decision.auction());
      JsonNode record =
          json(new PlacementCodec().encode(request(), decision, NOW + 5, PLACE, order()));
      assertThat(record.get("id").asText()).isEqualTo("t");
      assertThat(record.get("placements")).hasSize(1);
      JsonNode ad = record.get("placements").get(0);
      assertThat(ad.get("campaign").asText()).isEqualTo("a");
      assertThat(ad.get("creative").asText()).isEqualTo("of a");
      assertThat(ad.get("position").asInt()).isZero();
      assertThat(ad.get("offset").asInt()).isEqualTo(request().positions().get(0).offset());
      assertThat(ad.get("click_probability").asDouble()).isEqualTo(placed.clickProbability());
      assertThat(ad.get("show_probability").asDouble()).isEqualTo(placed.showProbability());
      assertThat(ad.get("bid").asDouble()).isEqualTo(placed.bid());
      assertThat(ad.get("price_per_click").asDouble()).isEqualTo(placed.pricePerClick());
      assertThat(ad.get("expected_payment").asDouble()).isEqualTo(placed.expectedPayment());
      assertThat(ad.get("billing").asText()).isEqualTo(perClick ? "cpc" : "cpm");
      long owed =
          perClick
              ? Objects.requireNonNull(shown.bid().click()).priceNanos()
              : shown.bid().amountNanos();
      assertThat(ad.get("owed").asDouble()).isEqualTo(owed / 1e9);
      assertThat(ad.get("bid_id").asText()).isEqualTo(shown.bid().id().toString());
      assertThat(ad.get("deadline").asLong()).isEqualTo(shown.bid().deadlineMillis());
      assertThat(record.get("losers")).hasSize(2);
      assertThat(record.get("losers").get(0).get("campaign").asText()).isEqualTo("b");
      assertThat(record.get("losers").get(0).get("reason").asText())
          .isEqualTo(auction.lost().get(0).reason().label());
      assertThat(record.get("losers").get(1).get("campaign").asText()).isEqualTo("x");
      assertThat(record.get("losers").get(1).get("reason").asText())
          .isEqualTo(Reason.NO_CANDIDATE.label());
      assertThat(record.get("rule").asText()).isEqualTo(auction.rule());
      assertThat(record.get("guarantee").asDouble()).isEqualTo(auction.guarantee());
      assertThat(record.get("welfare").asDouble()).isEqualTo(auction.welfare());
      assertThat(record.get("revenue").asDouble()).isEqualTo(auction.revenue());
      assertThat(record.get("no_click").asDouble()).isEqualTo(auction.noClick());
      assertThat(record.at("/ext/dualbid").has("reason")).isFalse();
    }
  }

  @Test
  void tellsWhyNothingWasDecided() throws IOException, UnreadableRecord {
    byte[] record = new PlacementCodec().decline("t", Reason.OVERLOADED, NOW + 5, PLACE, order());
    JsonNode told = json(record);
    assertThat(told.get("id").asText()).isEqualTo("t");
    assertThat(told.get("placements")).isEmpty();
    assertThat(told.get("losers")).isEmpty();
    assertThat(told.at("/ext/dualbid/reason").asText()).isEqualTo(Reason.OVERLOADED.label());
    assertThat(told.at("/ext/dualbid/number").asInt()).isEqualTo(Reason.OVERLOADED.number());
    assertThat(PlacementCodec.decode(record).reason()).isEqualTo(Reason.OVERLOADED.label());
  }
}
