package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values are bounded where they are read, so that sums of them are numbers. */
class ValueBoundsTest {
  private static final Topics TOPICS =
      Configurations.engine("test", "kafka: { bootstrap: \"nowhere:9092\" }", name -> null)
          .kafka()
          .topics();

  private static JournalRecord decoded(String topic, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new JournalDecoder(TOPICS)
        .decode(new RawRecord(topic, 0, 0, 0, new byte[] {'a'}, bytes));
  }

  private static JournalRecord correction(String key, String number) {
    return decoded(
        TOPICS.outcomes(),
        """
        {"id": "x", "type": "correction", "bid": "%s", "campaign": "a", "time": 1, "%s": %s}
        """
            .formatted(BidId.of("r", "1"), key, number));
  }

  @ParameterizedTest
  @CsvSource({"value, 1000000001", "value, -1e300", "expected_value, 1e10", "expected_value, -2e9"})
  void refusesOutcomesThatAreSaidToBeWorthMoreThanABillion(String key, String number) {
    assertThat(correction(key, number)).isInstanceOf(Unreadable.class);
    assertThat(((Unreadable) correction(key, number)).reason())
        .contains("'" + key + "' of ")
        .contains("at most a billion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "-1000000000", "0.5"})
  void readsOutcomesUpToABillion(String number) {
    assertThat(correction("value", number)).isInstanceOf(Learned.class);
    assertThat(correction("expected_value", number)).isInstanceOf(Learned.class);
  }

  private static JournalRecord bid(String value) {
    return decoded(
        TOPICS.bids(),
        """
        {"id": "r", "cur": "USD", "seatbid": [{"bid": [{"id": "%s", "impid": "1", "price": 1,
          "cid": "a", "crid": "b", "ext": {"dualbid": {"reserved_nanos": 1000000, "lease": 1,
          "day": 0, "subtask": 0, "deadline": 50, "decided": 1, "epoch": 0, "value": %s,
          "multiplier": 1, "request": {"partition": 0, "offset": 0}}}}]}]}
        """
            .formatted(BidId.of("r", "1"), value));
  }

  @Test
  void refusesBidsWhoseWinsWouldBeWorthMoreThanAnyCampaignCanSay() {
    assertThat(bid("2e12")).isInstanceOf(Issued.class);
    assertThat(bid("1.1e13")).isInstanceOf(Unreadable.class);
    assertThat(((Unreadable) bid("1e308")).reason()).contains("'value' of 1.0E308");
  }

  @Test
  void refusesACampaignWhoseClicksAreWorthMoreThanThat() {
    String json =
        """
        {"id": "a", "advertiser-domain": "x.example", "budget": "1", "value-per-click": 1e13,
         "max-bid-cpm": "1", "flight": {"start": "2026-01-01T00:00:00Z", "end":
         "2026-02-01T00:00:00Z"}, "creatives": [{"id": "b", "type": "banner", "size": "300x250"}]}
        """;
    assertThatThrownBy(() -> Configurations.campaign("a", json.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("value-per-click");
  }

  private static PacingUpdate update(double number) {
    return new PacingUpdate(
        "a",
        1,
        State.ACTIVE,
        new Multipliers(1, 0, 1, 1, 0),
        null,
        new LedgerSummary(1, 1, 0, 0, 0),
        new Position(0, 0),
        new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, number, number, 0, 0, number),
        null);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
  void writesNoNumberThatIsNone(double number) throws UnreadableRecord {
    byte[] record = PacingUpdateCodec.encode(update(number));
    String text = new String(record, StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("Infinity").doesNotContain("NaN").contains("\"value\":null");
    assertThat(PacingUpdateCodec.decode(record).totals().value()).isZero();
  }

  @Test
  void readsWhatOnceWasWrittenInWords() throws UnreadableRecord {
    String text =
        new String(PacingUpdateCodec.encode(update(7)), StandardCharsets.UTF_8)
            .replace("\"value\":7.0", "\"value\":\"Infinity\"");
    assertThat(text).contains("Infinity");
    PacingUpdate read = PacingUpdateCodec.decode(text.getBytes(StandardCharsets.UTF_8));
    assertThat(read.totals().value()).isZero();
    assertThat(read.totals().realisedValue()).isEqualTo(7);
  }
}
