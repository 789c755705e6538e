package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.stream.EngineHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CampaignRecordsTest {
  private static final PacingUpdate OF_A =
      new PacingUpdate(
          "a",
          1,
          PacingUpdate.State.ACTIVE,
          Multipliers.budget(1),
          null,
          new LedgerSummary(1_000, 1_000, 0, 0, 0),
          new Position(0, 0),
          new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
          null);

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void takesTheKeyThatCanBeAnId() throws UnreadableRecord {
    for (String id : new String[] {"a", "Shop.2026_spring-1", "x".repeat(100)}) {
      assertThat(CampaignRecords.id(bytes(id))).isEqualTo(id);
    }
  }

  @Test
  void refusesTheKeyThatCanBeNone() {
    for (byte[] key :
        new byte[][] {
          null,
          bytes(""),
          bytes("a b"),
          bytes("-a"),
          bytes("é"),
          bytes("x".repeat(101)),
          {(byte) 0xff}
        }) {
      assertThatThrownBy(() -> CampaignRecords.id(key))
          .isInstanceOf(UnreadableRecord.class)
          .hasMessage("found no usable key; accepted: the id of the campaign");
    }
  }

  @Test
  void hasTheIdsOfTheSchema() throws Exception {
    String pattern =
        new ObjectMapper()
            .readTree(Path.of("..", "config", "schema", "campaigns.schema.json").toFile())
            .findValue("id")
            .path("pattern")
            .asText();
    assertThat(pattern).isEqualTo("^" + CampaignRecords.ID.pattern() + "$");
  }

  @Test
  void readsWhatIsOfTheCampaignThatTheKeyNames() throws UnreadableRecord {
    assertThat(CampaignRecords.update("a", PacingUpdateCodec.encode(OF_A)).epoch()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsOfAnotherCampaign() throws UnreadableRecord {
    assertThatThrownBy(() -> CampaignRecords.update("b", PacingUpdateCodec.encode(OF_A)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("found the id a; accepted: the key, b");
    byte[] definition = Configurations.toJson(EngineHarness.campaign("a", Status.ACTIVE, 10));
    assertThat(CampaignRecords.definition("a", definition).id()).isEqualTo("a");
    assertThatThrownBy(() -> CampaignRecords.definition("b", definition))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessage("found the id a; accepted: the key, b");
    assertThatThrownBy(() -> CampaignRecords.definition("b", bytes("{}")))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("campaign b");
  }
}
