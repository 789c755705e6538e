package io.dualbid.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Money;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PublicationTest {
  private static final Signature ANNA = new Signature("anna", "spring is early");
  private static final long NOW = 1_772_000_000_000L;

  private final PublishedCampaigns published = new PublishedCampaigns();
  private final CampaignHistory history = new CampaignHistory();

  /** Works out what to write, and lets the topics have it. */
  private Publication publish(Signature signature, long now, Edit... edits) {
    Publication publication =
        Publication.of(Topics.DEFAULT, published, () -> history, List.of(edits), signature, now);
    for (ProducerRecord<byte[], byte[]> record : publication.records()) {
      if (record.topic().equals("campaigns")) {
        published.add(read(record));
      } else {
        history.add(Objects.requireNonNull(CampaignVersionCodec.decode(record.value())));
      }
    }
    return publication;
  }

  private static ConsumerRecord<byte[], byte[]> read(ProducerRecord<byte[], byte[]> record) {
    return new ConsumerRecord<>(
        record.topic(),
        0,
        0,
        record.timestamp() == null ? NOW - 1 : record.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  private static String header(ProducerRecord<byte[], byte[]> record, String key) {
    return new String(record.headers().lastHeader(key).value(), StandardCharsets.UTF_8);
  }

  @Test
  void writesTheDefinitionWithItsSignatureAndKeepsItInTheHistory() {
    Campaign campaign = Definitions.campaign("spring-sale", "500");
    Publication publication = publish(ANNA, NOW, Edit.define(campaign));

    assertThat(publication.records())
        .extracting(ProducerRecord::topic)
        .containsExactly("campaigns", "campaign-history");
    ProducerRecord<byte[], byte[]> record = publication.records().get(0);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("spring-sale");
    assertThat(Configurations.campaign("it", record.value())).isEqualTo(campaign);
    assertThat(header(record, "version")).isEqualTo("1");
    assertThat(header(record, "author")).isEqualTo("anna");
    assertThat(header(record, "reason")).isEqualTo("spring is early");
    assertThat(header(record, "time")).isEqualTo("2026-02-25T06:13:20Z");
    CampaignVersion version =
        new CampaignVersion("spring-sale", 1, NOW, "anna", "spring is early", 0, campaign);
    assertThat(published.find("spring-sale")).isEqualTo(version);
    assertThat(history.of("spring-sale")).containsExactly(version);
  }

  @Test
  void writesOnlyWhatChanges() {
    Campaign a = Definitions.campaign("a", "500");
    Campaign b = Definitions.campaign("b", "500");
    publish(ANNA, NOW, Edit.define(a), Edit.define(b));
    Publication again =
        publish(ANNA, NOW + 1, Edit.define(a), Edit.define(b.withBudget(Money.parse("501"))));
    assertThat(again.unchanged()).containsExactly("a");
    assertThat(again.versions())
        .extracting(CampaignVersion::campaign, CampaignVersion::number)
        .containsExactly(tuple("b", 2));
    assertThat(again.before()).extracting(CampaignVersion::definition).containsExactly(b);
  }

  @Test
  void refusesAChangeThatWasMadeFromAnOlderVersion() {
    Campaign campaign = Definitions.campaign("a", "500");
    publish(ANNA, NOW, Edit.define(campaign));
    publish(ANNA, NOW + 1, Edit.change("a", c -> c.with(Status.PAUSED)).expecting(1));
    assertThatThrownBy(
            () ->
                publish(
                    new Signature("ben", ""),
                    NOW + 2,
                    Edit.change("a", c -> c.withBudget(1)).expecting(1)))
        .isInstanceOf(VersionConflict.class)
        .hasMessageContaining("found version 2 by anna, the change was made from version 1");
    assertThat(history.of("a")).hasSize(2);
  }

  @Test
  void publishesNothingIfOneOfSeveralCampaignsCantBeChanged() {
    assertThatThrownBy(
            () ->
                publish(
                    ANNA,
                    NOW,
                    Edit.define(Definitions.campaign("a", "500")),
                    Edit.change("b", c -> c.with(Status.PAUSED))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found no campaign b");
    assertThat(published.all()).isEmpty();
  }

  @Test
  void keepsWhatWasPublishedWithoutAVersionSoThatThereIsAWayBack() {
    Campaign old = Definitions.campaign("a", "500");
    published.add(
        read(
            new ProducerRecord<>(
                "campaigns",
                null,
                7L,
                "a".getBytes(StandardCharsets.UTF_8),
                Configurations.toJson(old),
                new RecordHeaders())));
    publish(ANNA, NOW, Edit.change("a", c -> c.withBudget(1)).expecting(0));
    assertThat(history.of("a"))
        .extracting(CampaignVersion::number, CampaignVersion::author, CampaignVersion::timeMillis)
        .containsExactly(tuple(1, "unknown", 7L), tuple(2, "anna", NOW));
    assertThat(history.of("a").get(0).definition()).isEqualTo(old);
  }

  @Test
  void countsOnAfterAWithdrawalThatTheTopicHasForgotten() {
    publish(ANNA, NOW, Edit.define(Definitions.campaign("a", "500")));
    publish(ANNA, NOW + 1, Edit.withdraw("a"));
    assertThat(published.definition("a")).isNull();
    assertThat(Objects.requireNonNull(history.newest("a")).definition()).isNull();

    // Compaction forgets what is withdrawn; the history doesn't.
    Publication back =
        Publication.of(
            Topics.DEFAULT,
            new PublishedCampaigns(),
            () -> history,
            List.of(Edit.define(Definitions.campaign("a", "600"))),
            ANNA,
            NOW + 2);
    assertThat(back.versions()).extracting(CampaignVersion::number).containsExactly(3);
  }

  @Test
  void tellsWhichVersionIsBroughtBack() {
    Campaign campaign = Definitions.campaign("a", "500");
    publish(ANNA, NOW, Edit.define(campaign));
    publish(ANNA, NOW + 1, Edit.define(campaign.withBudget(1)));
    CampaignVersion first = history.of("a").get(0);
    publish(ANNA, NOW + 2, Edit.restore(first));
    CampaignVersion newest = history.of("a").get(2);
    assertThat(newest.restores()).isEqualTo(1);
    assertThat(newest.origin()).isEqualTo(1);
    assertThat(newest.definition()).isEqualTo(campaign);
    assertThat(published.find("a")).isEqualTo(newest);
  }
}
