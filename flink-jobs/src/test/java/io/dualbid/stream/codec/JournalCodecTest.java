package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.ExpectedCharges;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.PriceCurve;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.targeting.FrequencyCounter;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.JournalRecordSerializer;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalCodecTest {
  private static final long UNIT = 1_000_000_000L;
  private static final Account ACCOUNT =
      new Account("USD", Map.of("EUR", new BigDecimal("1.10")), "seat-1", false);
  private static final AnswerOrder ORDER = new AnswerOrder(Topics.DEFAULT, -3, 1);
  private static final JournalDecoder JOURNAL = new JournalDecoder(Topics.DEFAULT);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RawRecord raw(String topic, int partition, byte[] value) {
    return new RawRecord(topic, partition, 5, 99, utf8("a"), value);
  }

  private static Answer answered(BidRequest request) {
    return answered(request, null);
  }

  private static Answer answered(BidRequest request, @Nullable PerClick perClick) {
    Strategy strategy = Strategy.value(1);
    Targeting capped =
        new Targeting(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(),
            new FrequencyCap(3, 60_000));
    Bidder bidder =
        new Bidder(new BidderConfig(false, 0, 3_000, 0), 1, new FrequencyCounter(1024, 1_000));
    bidder.define(
        new Campaign(
            "a",
            "shoes.example",
            List.of("IAB18"),
            Status.ACTIVE,
            UNIT,
            null,
            new Flight(0, 10_000, ZoneOffset.UTC),
            Plan.EVEN,
            perClick == null ? strategy.keeping(Constraint.BOTH, 2, false) : strategy,
            1,
            0.01,
            UNIT,
            List.of(Creative.banner("square", 300, 250)),
            capped,
            perClick));
    bidder.lease(new Lease(3, "a", 1, 0, UNIT, Lease.ANY_SLACK, 0, 5_000, perClick != null), 0);
    bidder.pacing("a", 900, new Multipliers(1.5, 0, 1), State.ACTIVE, 0);
    bidder.warmedUp();
    Answer answer = new Answer();
    bidder.decide(request, 1_000, answer);
    assertThat(answer.size()).isEqualTo(1);
    return answer;
  }

  private static BidRequest request(String currency) throws UnreadableRecord {
    return new BidRequestDecoder(ACCOUNT, 200)
        .decode(
            utf8(
                "{\"id\":\"r\",\"cur\":[\""
                    + currency
                    + "\"],\"user\":{\"id\":\"u\"},\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,"
                    + "\"h\":250}}]}"),
            1_000);
  }

  @Test
  void writesABidAsAnOpenRtbResponse() throws Exception {
    BidRequest request = request("EUR");
    Answer answer = answered(request);
    byte[] bytes =
        new BidCodec(ACCOUNT)
            .encode(request, answer.offer(0), 1_000, new RequestPlace(2, 77), ORDER);
    JsonNode json = new ObjectMapper().readTree(bytes);
    assertThat(json.path("id").asText()).isEqualTo("r");
    assertThat(json.path("cur").asText()).isEqualTo("EUR");
    JsonNode bid = json.at("/seatbid/0/bid/0");
    assertThat(json.at("/seatbid/0/seat").asText()).isEqualTo("seat-1");
    assertThat(bid.path("impid").asText()).isEqualTo("1");
    assertThat(bid.path("cid").asText()).isEqualTo("a");
    assertThat(bid.path("crid").asText()).isEqualTo("square");
    assertThat(bid.path("adomain").get(0).asText()).isEqualTo("shoes.example");
    assertThat(bid.path("mtype").asInt()).isEqualTo(1);
    // Half of 0.01 is earned at target 2; over 1.5 it makes 0.01 / 3, which for one impression is a
    // CPM of 3.333333 USD, rounded down in EUR.
    assertThat(bid.at("/ext/dualbid/credit_nanos").asLong()).isEqualTo(5_000_000);
    assertThat(bid.path("price").decimalValue()).isEqualByComparingTo("3.030302");
    assertThat(bid.at("/ext/dualbid/reserved_nanos").asLong()).isEqualTo(3_333_333);
    assertThat(JournalDecoder.place(raw("bids", 0, bytes))).isEqualTo(new RequestPlace(2, 77));
  }

  @Test
  void readsBackTheBidThatItWrote() throws Exception {
    BidRequest request = request("USD");
    Answer answer = answered(request);
    Bid bid = answer.offer(0).toBid("r", 1, 1_000);
    byte[] bytes =
        new BidCodec(ACCOUNT).encode(request, answer.offer(0), 1_000, RequestPlace.UNKNOWN, ORDER);
    assertThat(bid.userKey()).isNotNull();
    assertThat(JOURNAL.decode(raw("bids", 1, bytes))).isEqualTo(new Issued(bid, 5, 99));
  }

  @Test
  void readsBackABidThatPaysByTheClick() throws Exception {
    BidRequest request = request("USD");
    Answer answer = answered(request, new PerClick(UNIT / 2, 60_000));
    Bid bid = answer.offer(0).toBid("r", 1, 1_000);
    byte[] bytes =
        new BidCodec(ACCOUNT).encode(request, answer.offer(0), 1_000, RequestPlace.UNKNOWN, ORDER);
    // One click in a hundred is expected to be charged half a unit; at 1.5 it bids two thirds of
    // it.
    assertThat(bid.click()).isEqualTo(new ClickTerms(UNIT / 2, 0.01, 1_200 + 60_000));
    assertThat(bid.amountNanos()).isEqualTo(3_333_333);
    JsonNode own = new ObjectMapper().readTree(bytes).at("/seatbid/0/bid/0/ext/dualbid");
    assertThat(own.path("reserved_nanos").asLong()).isEqualTo(5_000_000);
    assertThat(JOURNAL.decode(raw("bids", 1, bytes))).isEqualTo(new Issued(bid, 5, 99));
    assertThat(copied(new Issued(bid, 5, 6))).isEqualTo(new Issued(bid, 5, 6));
  }

  @Property
  void readsBackOutcomes(
      @ForAll long high,
      @ForAll long low,
      @ForAll Outcome.Kind kind,
      @ForAll @LongRange(min = 0) long price,
      @ForAll @DoubleRange(min = 0, max = 1e8) double value,
      @ForAll long user) {
    Outcome outcome =
        new Outcome(
            "id-" + low,
            kind,
            new BidId(high, low),
            "campaign",
            1234,
            kind == Outcome.Kind.WIN ? price : 0,
            user % 3 == 0 ? Outcome.UNKNOWN : price,
            kind == Outcome.Kind.CORRECTION && low % 2 == 0 ? 0 - value : value,
            user % 2 == 0 ? user : null,
            low % 3 == 0 ? Outcome.UNKNOWN : price,
            kind == Outcome.Kind.CORRECTION ? value / 2 - price % 1_000 : 0);
    assertThat(JOURNAL.decode(raw("outcomes", 0, OutcomeCodec.encode(outcome))))
        .isEqualTo(new Learned(outcome, 5, 99));
  }

  @Test
  void tellsTheLeadingCopyOfAHeartbeat() {
    Heartbeat heartbeat = new Heartbeat(-5, 3, 1_000);
    byte[] bytes = HeartbeatCodec.encode(heartbeat);
    assertThat(JOURNAL.decode(raw("bids", 0, bytes))).isEqualTo(new Beat(heartbeat, 99, true));
    assertThat(JOURNAL.decode(raw("bids", 1, bytes))).isEqualTo(new Beat(heartbeat, 99, false));
    assertThat(JOURNAL.decode(raw("outcomes", 0, bytes))).isEqualTo(new Beat(heartbeat, 99, false));
  }

  @Property
  void readsBackLeases(
      @ForAll long id,
      @ForAll long incarnation,
      @ForAll @LongRange(min = 1) long amount,
      @ForAll long expiry)
      throws UnreadableRecord {
    Lease lease = new Lease(id, "a", incarnation, 7, amount, 20_000, expiry);
    assertThat(LeaseCodec.decode(LeaseCodec.encode(lease))).isEqualTo(lease);
    Lease limited = new Lease(id, "a", incarnation, 7, amount, amount / 2, 20_000, expiry);
    assertThat(LeaseCodec.decode(LeaseCodec.encode(limited))).isEqualTo(limited);
    Lease clicks =
        new Lease(id, "a", incarnation, 7, amount, Lease.ANY_SLACK, 20_000, expiry, true);
    assertThat(LeaseCodec.decode(LeaseCodec.encode(clicks))).isEqualTo(clicks);
  }

  @Property
  void readsBackUpdates(
      @ForAll State state,
      @ForAll @LongRange(min = 0) long spent,
      @ForAll @DoubleRange(min = 0, max = 1e12) double multiplier,
      @ForAll @DoubleRange(min = 0, max = 1e12) double ros,
      @ForAll boolean broken,
      @ForAll boolean perClick)
      throws UnreadableRecord {
    PacingUpdate update =
        new PacingUpdate(
            "a",
            17,
            state,
            broken
                ? Multipliers.budget(Double.NaN)
                : new Multipliers(multiplier, ros, 0.25, 0.75, perClick ? ros : 0),
            broken ? null : new PriceCurve(List.of(0.5, multiplier + 1), List.of(0.25, 1.0)),
            new LedgerSummary(
                9,
                8,
                spent,
                6,
                5,
                perClick ? new ExpectedCharges(4, 3, spent) : ExpectedCharges.NONE),
            new Position(-1, 44),
            new Totals(
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                11,
                12,
                1.5,
                2.5,
                -3,
                13,
                120.25,
                -14,
                15,
                perClick ? new ClickCounts(spent, 2, 3, 4) : ClickCounts.NONE),
            broken ? "why" : null);
    assertThat(PacingUpdateCodec.decode(PacingUpdateCodec.encode(update))).isEqualTo(update);
  }

  @Test
  void readsBackNoBidsAndDeadLetters() throws UnreadableRecord {
    RequestPlace place = new RequestPlace(3, 1L << 40);
    assertThat(NoBidCodec.decode(NoBidCodec.encode("r", Reason.LEASE_EMPTY, 1_000, place, ORDER)))
        .isEqualTo(new NoBidCodec.NoBid("lease-empty", place));
    byte[] value = {(byte) 0xff, 1, 2};
    OutRecord letter =
        DeadLetterCodec.record(
            "dead", new RawRecord("bid-requests", 3, 9, 0, null, value), "found nonsense");
    assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("bid-requests/3/9");
    assertThat(DeadLetterCodec.decode(letter.value()))
        .isEqualTo(
            new DeadLetterCodec.DeadLetter(
                "bid-requests", new RequestPlace(3, 9), "found nonsense"));
  }

  @Test
  void keepsADeadLetterSmallEnoughToBeWritten() {
    RawRecord huge = new RawRecord("t", 0, 0, 0, null, new byte[5_000_000]);
    assertThat(DeadLetterCodec.record("dead", huge, "too long").value()).hasSizeLessThan(900_000);
  }

  @Test
  void tellsWhyARecordOfTheJournalIsNone() {
    for (String text :
        List.of(
            "",
            "{",
            "[]",
            "{\"id\":\"x\"}",
            "{\"type\":\"win\",\"id\":\"x\",\"bid\":\"zz\",\"campaign\":\"a\",\"time\":1}",
            "{\"heartbeat\":3}")) {
      JournalRecord record = JOURNAL.decode(raw("outcomes", 0, utf8(text)));
      assertThat(record).as(text).isInstanceOf(Unreadable.class);
      assertThat(((Unreadable) record).reason()).contains("accepted:");
    }
    String win =
        "{\"id\":\"x\",\"type\":\"win\",\"bid\":\""
            + "0".repeat(32)
            + "\",\"campaign\":"
            + "\"a\",\"time\":1,\"price\":";
    for (String price : List.of("-1", "\"3\"", "1e40", "null", "1e-999999999")) {
      assertThat(JOURNAL.decode(raw("outcomes", 0, utf8(win + price + "}"))))
          .as(price)
          .isInstanceOf(Unreadable.class);
    }
    String conversion = win.replace("win", "conversion").replace("price", "value");
    assertThat(JOURNAL.decode(raw("outcomes", 0, utf8(conversion + "-1}"))))
        .isInstanceOf(Unreadable.class);
    String correction = win.replace("win", "correction").replace("price", "value");
    assertThat(JOURNAL.decode(raw("outcomes", 0, utf8(correction + "-1}"))))
        .isInstanceOf(Learned.class);
    assertThat(JOURNAL.decode(raw("outcomes", 0, utf8(correction + "1e999}"))))
        .isInstanceOf(Unreadable.class);
    assertThat(JOURNAL.decode(raw("outcomes", 0, utf8(win + "1.5}")))).isInstanceOf(Learned.class);
    assertThat(JOURNAL.decode(new RawRecord("campaigns", 0, 0, 0, null, utf8("{}"))))
        .isInstanceOf(Unreadable.class);
    assertThatThrownBy(() -> LeaseCodec.decode(utf8("{\"lease\":1}")))
        .isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> PacingUpdateCodec.decode(null)).isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void travelsBetweenTasksUnchanged() throws Exception {
    BidRequest request = request("USD");
    Bid bid = answered(request).offer(0).toBid("r", 1, 1_000);
    Outcome outcome =
        new Outcome("o", Outcome.Kind.CLICK, bid.id(), "a", 3, 0, 1.25, bid.userKey());
    RawRecord raw = raw("campaigns", 0, utf8("{}"));
    for (JournalRecord record :
        List.of(
            new Issued(bid, 5, 6),
            new Learned(outcome, 7, 8),
            new Learned(outcome.wonAt(2), 7, 8),
            new Beat(new Heartbeat(1, 2, 3), 4, true))) {
      assertThat(copied(record)).isEqualTo(record);
    }
    Defined defined = (Defined) copied(new Defined("a", raw));
    assertThat(defined.campaign()).isEqualTo("a");
    assertThat(defined.raw().value()).isEqualTo(raw.value());
    assertThat(((Unreadable) copied(new Unreadable(raw, "why"))).reason()).isEqualTo("why");
  }

  private static JournalRecord copied(JournalRecord record) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(256);
    JournalRecordSerializer.INSTANCE.serialize(record, out);
    return JournalRecordSerializer.INSTANCE.deserialize(
        new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
