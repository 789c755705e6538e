package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.EngineConfig.Account;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.BidRequest;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands on a topic ends in a record as promised, or in a reason for the dead letters. */
class BadRecordsTest {
  private static final String BID = "925be835eb1363f5f84e1c62c8d80b0f";
  private static final int MEGABYTE = 1 << 20;

  private final BidRequestDecoder requests =
      new BidRequestDecoder(new Account("USD", Map.of(), null, false), 200);
  private final JournalDecoder journal = new JournalDecoder(Topics.DEFAULT);

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String nested(String open, String close, int levels) {
    return open.repeat(levels) + close.repeat(levels);
  }

  private void refused(byte @Nullable [] request, String reason) {
    assertThatThrownBy(() -> requests.decode(request, 1_000))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("accepted: ")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2_100));
  }

  private BidRequest read(String request) throws UnreadableRecord {
    return requests.decode(utf8(request), 1_000);
  }

  private JournalRecord outcome(byte @Nullable [] value) {
    return journal.decode(new RawRecord(Topics.DEFAULT.outcomes(), 0, 7, 1_000, utf8("a"), value));
  }

  private String reason(String value) {
    JournalRecord record = outcome(utf8(value));
    assertThat(record).isInstanceOf(Unreadable.class);
    return ((Unreadable) record).reason();
  }

  private static String win(String members) {
    return "{\"id\":\"o\",\"type\":\"win\",\"bid\":\""
        + BID
        + "\",\"campaign\":\"a\",\"time\":5,"
        + members
        + "}";
  }

  @Test
  void noValueAndEmptyOnes() {
    refused(null, "found no value");
    refused(new byte[0], "found no JSON");
    refused(utf8(" \n"), "found no JSON");
    refused(utf8("null"), "found no JSON object");
    refused(utf8("[]"), "found no JSON object");
    assertThat(outcome(null)).isInstanceOf(Unreadable.class);
    assertThat(outcome(new byte[0])).isInstanceOf(Unreadable.class);
  }

  @Test
  void tenMegabytes() {
    byte[] spaces = new byte[10 * MEGABYTE];
    Arrays.fill(spaces, (byte) ' ');
    refused(spaces, "found 10485760 bytes");
    assertThat(outcome(spaces)).isInstanceOf(Unreadable.class);
    JournalRecord bid =
        journal.decode(new RawRecord(Topics.DEFAULT.bids(), 0, 7, 1_000, utf8("a"), spaces));
    assertThat(((Unreadable) bid).reason()).contains("found 10485760 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 10_000, 300_000})
  void deepNesting(int levels) {
    refused(utf8("{\"id\":\"r\",\"ext\":" + nested("[", "]", levels) + "}"), "nesting depth");
    refused(
        utf8("{\"id\":\"r\",\"ext\":" + nested("{\"a\":", "}", levels).replace("}", "1}") + "}"),
        "found ");
    assertThat(reason(win("\"x\":" + nested("[", "]", levels)))).contains("nesting depth");
  }

  @Test
  void bytesThatAreNoUtf8() {
    byte[] request = utf8("{\"id\":\"rx\"}");
    request[8] = (byte) 0xFF;
    refused(request, "UTF-8");
    byte[] outcome = utf8(win("\"x\":\"y\""));
    outcome[7] = (byte) 0xC0;
    assertThat(outcome(outcome)).isInstanceOf(Unreadable.class);
    refused(utf8("{\"id\":\"\\ud800\"}"), "'id'");
  }

  @Test
  void pricesThatNobodyPays() throws UnreadableRecord {
    for (String price : List.of("-1", "1e400", "1e-400", "1e999999999", "\"NaN\"", "{}", "true")) {
      assertThat(reason(win("\"price\":" + price))).as(price).contains("price");
    }
    assertThat(reason(win("\"price\":NaN"))).contains("found ");
    // A floor that can't be read is one that can't be met, or none: never an exception.
    for (String floor : List.of("-1", "1e400", "\"x\"", "[1]")) {
      BidRequest request =
          read("{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{},\"bidfloor\":" + floor + "}]}");
      assertThat(request.impressions()).hasSize(1);
      assertThat(request.impressions().get(0).floorNanos()).as(floor).isNotNegative();
    }
    refused(utf8("{\"id\":\"r\",\"tmax\":NaN}"), "found ");
  }

  @Test
  void timesOfOtherCenturies() {
    for (long time : new long[] {0, -1, 4_102_444_800_000L}) {
      JournalRecord record = outcome(utf8(win("\"price\":1").replace(":5,", ":" + time + ",")));
      assertThat(record).as("%s", time).isInstanceOfAny(Learned.class, Unreadable.class);
      if (record instanceof Learned learned) {
        // Money goes by the broker's time, not by what is told.
        assertThat(learned.appendMillis()).isEqualTo(1_000);
      }
    }
    assertThat(reason(win("\"price\":1").replace(":5,", ":1e30,"))).contains("'time'");
  }

  @Test
  void idsAMegabyteLong() {
    String id = "x".repeat(MEGABYTE - 100);
    refused(utf8("{\"id\":\"" + id + "\"}"), "'id'");
    assertThat(reason("{\"id\":\"" + id + "\",\"type\":\"win\"}")).hasSizeLessThan(300);
    RawRecord key = new RawRecord(Topics.DEFAULT.campaigns(), 0, 7, 1_000, utf8(id), utf8("{}"));
    assertThat(journal.decode(key)).isInstanceOf(Unreadable.class);
  }

  @Test
  void nullKeys() {
    RawRecord campaign =
        new RawRecord(Topics.DEFAULT.campaigns(), 0, 7, 1_000, null, utf8("{\"id\":\"a\"}"));
    assertThat(((Unreadable) journal.decode(campaign)).reason()).contains("found no usable key");
    // What an outcome is of stands in its value; its key only spreads records over partitions.
    RawRecord outcome =
        new RawRecord(Topics.DEFAULT.outcomes(), 0, 7, 1_000, null, utf8(win("\"price\":1")));
    assertThat(journal.decode(outcome)).isInstanceOf(Learned.class);
    assertThat(Objects.requireNonNull(DeadLetterCodec.record("dead-letters", campaign, "why")))
        .isNotNull();
  }

  @Test
  void unknownCampaignsAreReadAndBelongToNobody() {
    JournalRecord record = outcome(utf8(win("\"price\":1").replace("\"a\"", "\"nobody\"")));
    assertThat(((Learned) record).outcome().campaign()).isEqualTo("nobody");
    JournalRecord defined =
        journal.decode(
            new RawRecord(Topics.DEFAULT.campaigns(), 0, 7, 1_000, utf8("nobody"), null));
    assertThat(((Defined) defined).campaign()).isEqualTo("nobody");
  }

  @Test
  void unknownCurrencies() throws UnreadableRecord {
    BidRequest none =
        read("{\"id\":\"r\",\"cur\":[\"XXX\"],\"imp\":[{\"id\":\"1\",\"banner\":{}}]}");
    assertThat(none.responseCurrency()).isNull();
    assertThat(read("{\"id\":\"r\",\"cur\":[1,null,\"USD\"]}").responseCurrency()).isEqualTo("USD");
  }

  @Test
  void idsAndKeysGivenTwice() throws UnreadableRecord {
    BidRequest twice =
        read("{\"id\":\"r\",\"imp\":[{\"id\":\"1\",\"banner\":{}},{\"id\":\"1\",\"banner\":{}}]}");
    assertThat(twice.impressions()).isNotEmpty();
    // As everywhere in JSON, the last one counts: one price, once.
    JournalRecord last = outcome(utf8(win("\"price\":1,\"price\":2")));
    assertThat(((Learned) last).outcome().priceNanos()).isEqualTo(2_000_000);
  }

  @Test
  void listsWithoutEnd() {
    String categories = "\"IAB1\",".repeat(20_000);
    refused(utf8("{\"id\":\"r\",\"bcat\":[" + categories + "\"IAB1\"]}"), "items of a list");
  }
}
