package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Campaign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The records that a change comes to, for one transaction: for every campaign that really changes
 * its definition on {@code campaigns} and its version on {@code campaign-history}.
 *
 * <p>A definition that was published without a number, as by a tool that knows nothing of versions,
 * gets one in the history first, so that there is a way back to it.
 */
public final class Publication {
  private final List<CampaignVersion> versions = new ArrayList<>();
  private final List<CampaignVersion> before = new ArrayList<>();
  private final List<String> unchanged = new ArrayList<>();
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Topics topics;

  private Publication(Topics topics) {
    this.topics = topics;
  }

  /**
   * Works out what to write.
   *
   * @param history asked only for campaigns whose published version has no number
   * @param nowMillis the publisher's clock
   * @throws VersionConflict if a campaign is not at the version that an edit expects
   * @throws IllegalArgumentException if a campaign can't be changed as asked
   */
  static Publication of(
      Topics topics,
      PublishedCampaigns published,
      History history,
      List<Edit> edits,
      Signature signature,
      long nowMillis) {
    Publication publication = new Publication(topics);
    for (Edit edit : edits) {
      publication.add(published.find(edit.campaign()), history, edit, signature, nowMillis);
    }
    return publication;
  }

  /** Where a history comes from, which is read only when it is needed. */
  @FunctionalInterface
  interface History {
    CampaignHistory read();
  }

  private void add(
      @Nullable CampaignVersion now,
      History history,
      Edit edit,
      Signature signature,
      long nowMillis) {
    String id = edit.campaign();
    if (edit.expected() != Edit.ANY && edit.expected() != (now == null ? 0 : now.number())) {
      throw VersionConflict.of(edit.expected(), now, id);
    }
    Campaign old = now == null ? null : now.definition();
    Campaign next = edit.change().of(old);
    if (next != null && !next.id().equals(id)) {
      throw new IllegalArgumentException("found the id " + next.id() + "; accepted: " + id);
    }
    if (Objects.equals(old, next)) {
      unchanged.add(id);
      return;
    }
    int number = now == null ? 0 : now.number();
    if (number == 0) {
      CampaignVersion last = history.read().newest(id);
      number = last == null ? 0 : last.number();
      if (now != null && old != null) {
        number++;
        now = adopted(now, number);
        records.add(history(now));
      }
    }
    CampaignVersion version =
        new CampaignVersion(
            id,
            number + 1,
            nowMillis,
            signature.author(),
            signature.reason(),
            edit.restores(),
            next);
    before.add(now == null ? nothing(id, number) : now);
    versions.add(version);
    records.add(definition(version));
    records.add(history(version));
  }

  private static CampaignVersion adopted(CampaignVersion found, int number) {
    return new CampaignVersion(
        found.campaign(),
        number,
        found.timeMillis(),
        found.author(),
        "published without a version",
        0,
        found.definition());
  }

  private static CampaignVersion nothing(String id, int number) {
    return new CampaignVersion(id, number, 0, CampaignVersion.UNKNOWN, "", 0, null);
  }

  private ProducerRecord<byte[], byte[]> definition(CampaignVersion version) {
    Campaign definition = version.definition();
    List<Header> headers = CampaignVersionCodec.headers(version);
    return new ProducerRecord<>(
        topics.campaigns(),
        null,
        version.timeMillis(),
        key(version),
        definition == null ? null : Configurations.toJson(definition),
        headers);
  }

  private ProducerRecord<byte[], byte[]> history(CampaignVersion version) {
    return new ProducerRecord<>(
        topics.campaignHistory(),
        null,
        version.timeMillis(),
        key(version),
        CampaignVersionCodec.encode(version));
  }

  private static byte[] key(CampaignVersion version) {
    return version.campaign().getBytes(StandardCharsets.UTF_8);
  }

  /** The new versions, in the order of the edits. */
  public List<CampaignVersion> versions() {
    return List.copyOf(versions);
  }

  /** The version before each of them; without a definition where nothing was published. */
  public List<CampaignVersion> before() {
    return List.copyOf(before);
  }

  /** Campaigns that are published as asked already. */
  public List<String> unchanged() {
    return List.copyOf(unchanged);
  }

  /** The records of the transaction, in their order. */
  public List<ProducerRecord<byte[], byte[]>> records() {
    return List.copyOf(records);
  }
}
