package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.stream.kafka.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every version of every campaign, as the topic of their history holds them. */
public final class CampaignHistory {
  private final Map<String, TreeMap<Integer, CampaignVersion>> versions = new TreeMap<>();

  /** A history in which nothing has happened yet. */
  public CampaignHistory() {}

  /** Reads the topic to the end that it has now; what is not committed is not seen. */
  public static CampaignHistory of(EngineConfig engine) {
    CampaignHistory history = new CampaignHistory();
    TopicScan.read(
        KafkaClients.of(engine),
        engine.kafka().topics().campaignHistory(),
        raw -> {
          CampaignVersion version = CampaignVersionCodec.decode(raw.value());
          if (version != null) {
            history.add(version);
          }
        });
    return history;
  }

  /** Takes in a version. */
  void add(CampaignVersion version) {
    versions
        .computeIfAbsent(version.campaign(), id -> new TreeMap<>())
        .put(version.number(), version);
  }

  /** The versions of a campaign, oldest first; none where it was never published with a number. */
  public List<CampaignVersion> of(String campaign) {
    return List.copyOf(versions.getOrDefault(campaign, new TreeMap<>()).values());
  }

  /** A version, or null where there is none of this number. */
  public @Nullable CampaignVersion find(String campaign, int number) {
    TreeMap<Integer, CampaignVersion> own = versions.get(campaign);
    return own == null ? null : own.get(number);
  }

  /** The newest version of a campaign, or null. */
  public @Nullable CampaignVersion newest(String campaign) {
    TreeMap<Integer, CampaignVersion> own = versions.get(campaign);
    return own == null ? null : own.lastEntry().getValue();
  }

  /** The ids of all campaigns that have versions. */
  public List<String> campaigns() {
    return List.copyOf(versions.keySet());
  }
}
