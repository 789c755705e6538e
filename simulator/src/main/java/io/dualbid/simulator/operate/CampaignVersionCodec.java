package io.dualbid.simulator.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Versions as the topics hold them: on {@code campaigns} the definition is the value, and version,
 * author, time and reason are headers; on {@code campaign-history} all of it is the value.
 */
final class CampaignVersionCodec {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "version";
  private static final String AUTHOR = "author";
  private static final String TIME = "time";
  private static final String REASON = "reason";
  private static final String RESTORES = "restores";
  private static final String DEFINITION = "definition";

  private CampaignVersionCodec() {}

  /** The headers of a record on {@code campaigns}. */
  static List<Header> headers(CampaignVersion version) {
    return List.of(
        header(VERSION, String.valueOf(version.number())),
        header(AUTHOR, version.author()),
        header(TIME, Instant.ofEpochMilli(version.timeMillis()).toString()),
        header(REASON, version.reason()),
        header(RESTORES, String.valueOf(version.restores())));
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The version that a record of a definition holds. What headers don't tell is unknown: a
   * definition without them counts all the same.
   */
  static CampaignVersion published(
      String campaign, @Nullable Campaign definition, long recordMillis, Headers headers) {
    int number = number(text(headers, VERSION));
    if (number == 0) {
      return unsigned(campaign, definition, recordMillis);
    }
    String author = text(headers, AUTHOR);
    return new CampaignVersion(
        campaign,
        number,
        time(text(headers, TIME), recordMillis),
        author.isBlank() ? CampaignVersion.UNKNOWN : author,
        text(headers, REASON),
        number(text(headers, RESTORES)),
        definition);
  }

  private static CampaignVersion unsigned(
      String campaign, @Nullable Campaign definition, long recordMillis) {
    return new CampaignVersion(
        campaign, 0, recordMillis, CampaignVersion.UNKNOWN, "", 0, definition);
  }

  private static String text(Headers headers, String key) {
    Header header = headers.lastHeader(key);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static int number(String text) {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static long time(String text, long otherwise) {
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  /** The value of a record on {@code campaign-history}. */
  static byte[] encode(CampaignVersion version) {
    ObjectNode json = JSON.createObjectNode();
    json.put("campaign", version.campaign());
    json.put(VERSION, version.number());
    json.put(TIME, Instant.ofEpochMilli(version.timeMillis()).toString());
    json.put(AUTHOR, version.author());
    json.put(REASON, version.reason());
    if (version.restores() > 0) {
      json.put(RESTORES, version.restores());
    }
    Campaign definition = version.definition();
    try {
      if (definition == null) {
        json.putNull(DEFINITION);
      } else {
        json.set(DEFINITION, JSON.readTree(Configurations.toJson(definition)));
      }
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("a version of " + version.campaign() + " is not writable", e);
    }
  }

  /** The version that a value of {@code campaign-history} holds, or null where it holds none. */
  static @Nullable CampaignVersion decode(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode json = JSON.readTree(value);
      int number = json.path(VERSION).asInt();
      JsonNode definition = json.path(DEFINITION);
      if (number < 1 || !(definition.isObject() || definition.isNull())) {
        return null;
      }
      return new CampaignVersion(
          json.path("campaign").asText(),
          number,
          time(json.path(TIME).asText(), 0),
          json.path(AUTHOR).asText(CampaignVersion.UNKNOWN),
          json.path(REASON).asText(),
          Math.max(0, json.path(RESTORES).asInt()),
          definition.isNull()
              ? null
              : Configurations.acceptedCampaign(JSON.writeValueAsBytes(definition)));
    } catch (JsonProcessingException | ConfigurationException e) {
      return null;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can't be read", e);
    }
  }
}
