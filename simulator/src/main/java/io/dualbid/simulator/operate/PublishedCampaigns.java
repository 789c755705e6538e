package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.stream.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the topic of campaigns holds at one moment: of each campaign the newest version, withdrawn
 * ones as long as the topic remembers them.
 */
public final class PublishedCampaigns {
  private final Map<String, CampaignVersion> newest = new TreeMap<>();
  private final Map<String, String> unusable = new TreeMap<>();

  /** Campaigns of which nothing has been published yet. */
  public PublishedCampaigns() {}

  /** Reads the topic to the end that it has now; what is not committed is not seen. */
  public static PublishedCampaigns of(EngineConfig engine) {
    PublishedCampaigns published = new PublishedCampaigns();
    TopicScan.readWhole(
        KafkaClients.of(engine), engine.kafka().topics().campaigns(), published::add);
    return published;
  }

  /** Takes in the next record of the topic. */
  void add(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    if (key == null) {
      return;
    }
    String id = new String(key, StandardCharsets.UTF_8);
    byte[] value = record.value();
    Campaign definition = null;
    unusable.remove(id);
    if (value != null) {
      try {
        definition = Configurations.campaign("campaign " + id, value);
        if (!definition.id().equals(id)) {
          unusable.put(id, "found the id " + definition.id() + "; accepted: the key, " + id);
          definition = null;
        }
      } catch (ConfigurationException e) {
        // The jobs refuse it too, with a dead letter, and keep what they had.
        unusable.put(id, String.valueOf(e.getMessage()));
      }
    }
    newest.put(
        id, CampaignVersionCodec.published(id, definition, record.timestamp(), record.headers()));
  }

  /** Takes in a version that has just been published. */
  void add(CampaignVersion version) {
    unusable.remove(version.campaign());
    newest.put(version.campaign(), version);
  }

  /** The newest version of a campaign, or null where the topic knows none. */
  public @Nullable CampaignVersion find(String campaign) {
    return newest.get(campaign);
  }

  /** What the campaign asks for now, or null where it is not published, or not any more. */
  public @Nullable Campaign definition(String campaign) {
    CampaignVersion version = newest.get(campaign);
    return version == null ? null : version.definition();
  }

  /** The newest versions, by campaign id; those withdrawn have no definition. */
  public Collection<CampaignVersion> all() {
    return newest.values();
  }

  /** Why the newest record of a campaign can't be used, by campaign id. */
  public Map<String, String> unusable() {
    return Map.copyOf(unusable);
  }
}
