package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Deal;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.MediaType;
import io.dualbid.core.model.Size;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BidRequestDecoderTest {
  private static final Path SAMPLES =
      Path.of("..", "..", "shared", "data", "openrtb", "exchange-samples");
  private static final Account ACCOUNT =
      new Account("USD", Map.of("EUR", new BigDecimal("1.10")), "seat-1", false);

  private static final String FULL =
      """
      {"id": "r1", "tmax": 120, "test": 1, "cur": ["JPY", "EUR"], "bcat": ["IAB25"],
       "badv": ["Rival.Example"], "unknown": {"deep": [1, {"a": []}]},
       "imp": [
         {"id": "1", "banner": {"w": 320, "h": 50, "format": [{"w": 300, "h": 250},
            {"w": 300, "h": 250}], "battr": [6, 13]},
          "bidfloor": 0.5, "bidfloorcur": "EUR", "ext": {"pctr": 0.012, "other": {}},
          "pmp": {"private_auction": 1, "deals": [
            {"id": "open", "bidfloor": 2, "bidfloorcur": "USD"},
            {"id": "ours", "wseat": ["seat-1", "x"]},
            {"id": "theirs", "wseat": ["seat-2"]}]}},
         {"id": "2", "video": {"w": 640, "h": 360, "minduration": 5, "maxduration": 30}},
         {"id": "3", "native": {"request": "{}"}, "bidfloor": 1, "bidfloorcur": "CHF"},
         {"id": "4", "audio": {"maxduration": 15}, "bidfloor": 0.00000001}],
       "app": {"bundle": "com.App.One", "domain": "app.example"},
       "device": {"devicetype": 4, "ifa": "ifa-1",
                  "geo": {"country": "us", "region": "CA"}},
       "user": {"buyeruid": "b-1", "data": [{"segment": [{"id": "s1"}, {"id": 2}]}]}}
      """;

  private final BidRequestDecoder decoder = new BidRequestDecoder(ACCOUNT, 200);

  private BidRequest decoded(String text) throws UnreadableRecord {
    return decoder.decode(text.getBytes(StandardCharsets.UTF_8), 1_000);
  }

  private void refused(String text, String reason) {
    assertThatThrownBy(() -> decoded(text))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(reason);
  }

  @Test
  void readsWhatDecisionsNeed() throws UnreadableRecord {
    BidRequest r = decoded(FULL);
    assertThat(r.id()).isEqualTo("r1");
    assertThat(r.timeMillis()).isEqualTo(1_000);
    assertThat(r.deadlineMillis()).isEqualTo(1_120);
    assertThat(r.test()).isTrue();
    assertThat(r.responseCurrency()).isEqualTo("EUR");
    assertThat(r.seatAllowed()).isTrue();
    assertThat(r.places()).containsExactly("com.app.one", "app.example");
    assertThat(r.country()).isEqualTo("USA");
    assertThat(r.region()).isEqualTo("USA-CA");
    assertThat(r.device()).isEqualTo(DeviceType.PHONE);
    assertThat(r.user()).isEqualTo("b-1");
    assertThat(r.segments()).containsExactly("s1", "2");
    assertThat(r.blockedCategories()).containsExactly("IAB25");
    assertThat(r.blockedAdvertisers()).containsExactly("rival.example");
    assertThat(r.impressions()).extracting(Impression::id).containsExactly("1", "2", "3", "4");
  }

  @Test
  void readsEachKindOfImpression() throws UnreadableRecord {
    List<Impression> all = decoded(FULL).impressions();
    Impression banner = all.get(0);
    assertThat(banner.types()).containsExactly(MediaType.BANNER);
    assertThat(banner.sizes()).containsExactly(new Size(300, 250), new Size(320, 50));
    assertThat(banner.blockedAttributes()).containsExactly(6, 13);
    assertThat(banner.clickRate()).isEqualTo(0.012);
    assertThat(banner.privateAuction()).isTrue();
    assertThat(banner.deals()).containsExactly(new Deal("open", 2_000_000), new Deal("ours", 0));
    Impression video = all.get(1);
    assertThat(video.types()).containsExactly(MediaType.VIDEO);
    assertThat(video.videoSize()).isEqualTo(new Size(640, 360));
    assertThat(video.minDurationSeconds()).isEqualTo(5);
    assertThat(video.maxDurationSeconds()).isEqualTo(30);
    assertThat(all.get(2).types()).containsExactly(MediaType.NATIVE);
    assertThat(all.get(3).types()).containsExactly(MediaType.AUDIO);
  }

  @Test
  void convertsFloorsExactlyAndRoundsThemUp() throws UnreadableRecord {
    List<Impression> all = decoded(FULL).impressions();
    assertThat(all.get(0).floorNanos()).isEqualTo(550_000);
    assertThat(all.get(1).floorNanos()).isZero();
    assertThat(all.get(2).floorNanos()).isEqualTo(Impression.FLOOR_UNKNOWN);
    assertThat(all.get(3).floorNanos()).isEqualTo(1);
  }

  @Test
  void setsNoLimitToFloorsThatNobodyCanPay() throws UnreadableRecord {
    for (String floor : List.of("1e400", "99999999999999999999", "1e999999999", "1e18")) {
      BidRequest r =
          decoded(
              "{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{},\"bidfloor\":" + floor + "}]}");
      assertThat(r.impressions().get(0).floorNanos()).as(floor).isEqualTo(Long.MAX_VALUE);
    }
    BidRequest negative =
        decoded("{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{},\"bidfloor\":-3}]}");
    assertThat(negative.impressions().get(0).floorNanos()).isZero();
  }

  @Test
  void knowsWhetherOurSeatMayBid() throws UnreadableRecord {
    assertThat(decoded("{\"id\":\"r\",\"wseat\":[\"seat-1\"]}").seatAllowed()).isTrue();
    assertThat(decoded("{\"id\":\"r\",\"wseat\":[\"seat-2\"]}").seatAllowed()).isFalse();
    assertThat(decoded("{\"id\":\"r\",\"bseat\":[\"seat-1\"]}").seatAllowed()).isFalse();
    assertThat(decoded("{\"id\":\"r\",\"wseat\":[]}").seatAllowed()).isTrue();
  }

  @Test
  void takesValuesOfWrongTypesForAbsent() throws UnreadableRecord {
    BidRequest r =
        decoded(
            "{\"id\":17,\"tmax\":\"soon\",\"imp\":[3,{\"id\":{},\"banner\":{}},{\"id\":\"1\","
                + "\"banner\":[]},{\"id\":\"2\",\"banner\":{\"w\":\"300\",\"h\":250.0}}],"
                + "\"site\":[],\"device\":4,\"user\":{\"id\":null},\"cur\":\"USD\"}");
    assertThat(r.id()).isEqualTo("17");
    assertThat(r.tmaxMillis()).isEqualTo(200);
    assertThat(r.impressions()).extracting(Impression::id).containsExactly("2");
    assertThat(r.impressions().get(0).sizes()).containsExactly(new Size(300, 250));
    assertThat(r.user()).isNull();
  }

  @Test
  void takesTheHostOfThePageWhereTheSiteNamesNoDomain() throws UnreadableRecord {
    assertThat(decoded("{\"id\":\"r\",\"site\":{\"page\":\"https://A.example:8/x?y\"}}").places())
        .containsExactly("a.example");
  }

  @Test
  void leavesOutAnImpressionWhoseIdWasThereBefore() throws UnreadableRecord {
    assertThat(
            decoded(
                    "{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{}},{\"id\":\"1\",\"video\":{}}]}")
                .impressions())
        .singleElement()
        .extracting(Impression::types)
        .isEqualTo(List.of(MediaType.BANNER));
  }

  @Test
  void refusesWhatIsNoRequestAndSaysWhy() {
    refused("", "found no JSON object");
    refused("[]", "found no JSON object");
    refused("{\"imp\":[]}", "found no usable 'id'");
    refused("{\"id\":\"\"}", "found no usable 'id'");
    refused("{\"id\":\"" + "x".repeat(600) + "\"}", "found no usable 'id'");
    refused("{\"id\":\"r\"", "Unexpected end-of-input");
    refused("{\"id\":\"r\"} {}", "more than one JSON value");
    refused("{\"id\":\"r\",\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", "nesting depth");
    refused("{\"id\":\"r\",\"a\":\"" + "x".repeat(1_100_000) + "\"}", "bytes; accepted: at most");
    assertThatThrownBy(() -> decoder.decode(null, 0)).isInstanceOf(UnreadableRecord.class);
    assertThatThrownBy(() -> decoder.decode(new byte[] {'{', (byte) 0xff, (byte) 0xfe}, 0))
        .isInstanceOf(UnreadableRecord.class);
  }

  @Test
  void forgetsTheRequestBefore() throws UnreadableRecord {
    decoded(FULL);
    BidRequest bare = decoded("{\"id\":\"bare\"}");
    assertThat(bare)
        .isEqualTo(
            new BidRequest(
                "bare", 1_000, 200, false, "USD", true, List.of(), null, null, null, null,
                List.of(), List.of(), List.of(), List.of()));
  }

  /** Whatever the bytes: a request or a reason, nothing else. */
  @Property(tries = 2_000)
  void neverFailsOtherwiseHoweverARequestIsDamaged(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = FULL.getBytes(StandardCharsets.UTF_8);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[]\",:0-e.".charAt(random.nextInt(11));
        default -> bytes = Arrays.copyOf(bytes, at + 1);
      }
    }
    try {
      assertThat(decoder.decode(bytes, 0).id()).isNotEmpty();
    } catch (UnreadableRecord e) {
      assertThat(e.reason()).contains("accepted:");
    }
  }

  @Test
  void readsRealRequestsOfManyExchanges() throws IOException {
    Assumptions.assumeTrue(
        Files.isDirectory(SAMPLES), "skipped: real requests are not at " + SAMPLES);
    int read = 0;
    int impressions = 0;
    try (var files = Files.list(SAMPLES)) {
      for (Path file : files.sorted().toList()) {
        try {
          BidRequest request = decoder.decode(Files.readAllBytes(file), 0);
          read++;
          impressions += request.impressions().isEmpty() ? 0 : 1;
        } catch (UnreadableRecord e) {
          assertThat(e.reason()).as(file.toString()).contains("accepted:");
        }
      }
    }
    assertThat(read).isGreaterThan(25);
    assertThat(impressions).isGreaterThan(20);
  }
}
