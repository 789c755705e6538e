package io.dualbid.simulator.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicSetup;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Publishing against a real broker. */
class CampaignPublisherIT {
  private static final Signature ANNA = new Signature("anna", "spring is early");
  private static final Signature BEN = new Signature("ben", "");

  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() {
    broker = new EmbeddedBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** An engine with campaigns of its own. */
  private static EngineConfig engine(String name) {
    EngineConfig engine =
        Configurations.engine(
            name,
            """
            kafka:
              bootstrap: BROKER
              topics: { campaigns: NAME-campaigns, campaign-history: NAME-history }
            """
                .replace("BROKER", broker.bootstrap())
                .replace("NAME", name),
            key -> null);
    TopicSetup.ensure(KafkaClients.of(engine), engine);
    return engine;
  }

  @Test
  void publishesChangesAndReadsThemBack() {
    EngineConfig engine = engine("back");
    CampaignPublisher publisher = new CampaignPublisher(engine, Clock.systemUTC());
    Campaign a = Definitions.campaign("a", "500");
    Campaign b = Definitions.campaign("b", "500");
    publisher.publish(List.of(Edit.define(a), Edit.define(b)), ANNA);
    publisher.publish(List.of(Edit.change("a", c -> c.with(Status.PAUSED)).expecting(1)), BEN);
    assertThat(publisher.publish(List.of(Edit.define(b)), BEN).records()).isEmpty();

    PublishedCampaigns published = PublishedCampaigns.of(engine);
    assertThat(published.definition("a")).isEqualTo(a.with(Status.PAUSED));
    assertThat(published.definition("b")).isEqualTo(b);
    CampaignHistory history = CampaignHistory.of(engine);
    assertThat(history.of("a"))
        .extracting(CampaignVersion::number, CampaignVersion::author)
        .containsExactly(tuple(1, "anna"), tuple(2, "ben"));
    assertThat(history.of("a").get(0).isOfOnePublication(history.of("b").get(0))).isTrue();
    assertThat(publisher.plan(List.of(Edit.withdraw("b")), ANNA).records()).hasSize(2);
    assertThat(PublishedCampaigns.of(engine).definition("b")).isEqualTo(b);
  }

  @Test
  void endsAndNeverShowsWhatAnotherHasLeftHalfWritten() {
    EngineConfig engine = engine("half");
    KafkaClients clients = KafkaClients.of(engine);
    CampaignPublisher publisher = new CampaignPublisher(engine, Clock.systemUTC());
    Campaign a = Definitions.campaign("a", "500");
    try (var other = clients.newTransactionalProducer("dualbid-half-campaigns", 60_000)) {
      other.initTransactions();
      other.beginTransaction();
      var unused =
          other.send(
              new ProducerRecord<>(
                  "half-campaigns",
                  "ghost".getBytes(StandardCharsets.UTF_8),
                  Configurations.toJson(Definitions.campaign("ghost", "1"))));
      other.flush();
      publisher.publish(List.of(Edit.define(a)), ANNA);
      assertThatThrownBy(other::commitTransaction).isInstanceOf(KafkaException.class);
    }
    PublishedCampaigns published = PublishedCampaigns.of(engine);
    assertThat(published.find("ghost")).isNull();
    assertThat(published.definition("a")).isEqualTo(a);
  }

  @Test
  void saysWhatIsMissing() {
    EngineConfig engine =
        Configurations.engine(
            "missing",
            "kafka: { bootstrap: '" + broker.bootstrap() + "', topics: { campaigns: nowhere } }",
            key -> null);
    CampaignPublisher publisher = new CampaignPublisher(engine, Clock.systemUTC());
    assertThatThrownBy(() -> publisher.publish(List.of(Edit.withdraw("a")), ANNA))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found no topic nowhere");
  }
}
