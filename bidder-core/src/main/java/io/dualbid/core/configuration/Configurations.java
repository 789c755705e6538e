package io.dualbid.core.configuration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.model.Campaign;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads configuration: YAML files as operators write them, and campaigns as their topic holds them.
 * Takes texts, not files: the core does no I/O. Thread safe.
 */
public final class Configurations {
  private static final SchemaCheck ENGINE = new SchemaCheck("engine.schema.json");
  private static final SchemaCheck CAMPAIGNS = new SchemaCheck("campaigns.schema.json");

  /** Longest definition of a campaign that is read from its topic. */
  private static final int MOST_BYTES = 1_048_576;

  private static final int MOST_DECIMALS = 100;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(YamlParser.DEEPEST)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Configurations() {}

  /**
   * Reads {@code engine.yaml}.
   *
   * @param file its name, for messages
   * @param environment value of an environment variable, or null where it is not set
   * @throws ConfigurationException with everything that is wrong
   */
  public static EngineConfig engine(
      String file, String text, UnaryOperator<@Nullable String> environment) {
    Document document = YamlParser.parse(file, text);
    return document.faultless(engine(document, environment));
  }

  /**
   * Engine settings as a text to be handed on, as with a journal: without what opens doors, which
   * is how clients are let in and where meters are read.
   *
   * @param file its name, for messages
   * @throws ConfigurationException if it can't be read
   */
  public static String withoutSecrets(String file, String text) {
    Document document = YamlParser.parse(file, text);
    document.requireFaultless();
    if (document.root() instanceof ObjectNode root) {
      root.remove("metrics");
      if (root.path("kafka") instanceof ObjectNode kafka) {
        kafka.remove("properties");
      }
    }
    return document.root().toString();
  }

  /**
   * Reads {@code campaigns.yaml}.
   *
   * @param file its name, for messages
   * @throws ConfigurationException with everything that is wrong
   */
  public static List<Campaign> campaigns(String file, String text) {
    Document document = YamlParser.parse(file, text);
    List<Campaign> campaigns = campaigns(document);
    document.requireFaultless();
    return campaigns;
  }

  /**
   * Everything that is wrong with a file of campaigns or of engine settings; the kind is told by
   * its top-level keys.
   *
   * @param file its name, for messages
   * @param environment value of an environment variable, or null where it is not set
   */
  public static List<Problem> problems(
      String file, String text, UnaryOperator<@Nullable String> environment) {
    Document document = YamlParser.parse(file, text);
    if (document.problems().isEmpty()) {
      if (document.root().has("campaigns")) {
        campaigns(document);
      } else if (document.root().has("kafka") || document.root().has("account")) {
        engine(document, environment);
      } else {
        document.problem(
            new Document.Place(1, 1),
            "",
            "found neither 'campaigns' nor 'kafka' at the top",
            "a file of campaigns or of engine settings (or, with 'world', a scenario, with"
                + " 'parameters' a space to tune)");
      }
    }
    return document.problems();
  }

  /** A campaign as its topic holds it: the keys of {@code campaigns.yaml} in JSON. */
  public static byte[] toJson(Campaign campaign) {
    try {
      return JSON.writeValueAsBytes(CampaignWriter.write(campaign));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("campaign " + campaign.id() + " can't be written", e);
    }
  }

  /**
   * Reads a campaign as its topic holds it.
   *
   * @param name what to call it in messages
   * @throws ConfigurationException with everything that is wrong
   */
  public static Campaign campaign(String name, byte[] json) {
    Document document = document(name, json);
    CAMPAIGNS.check(document);
    return only(document);
  }

  /**
   * Reads a campaign that was accepted before, as from saved state: what the schema says today is
   * not asked again.
   *
   * @throws ConfigurationException if it can't be understood all the same
   */
  public static Campaign acceptedCampaign(byte[] json) {
    return only(document("saved campaign", json));
  }

  private static Document document(String name, byte[] json) {
    if (json.length > MOST_BYTES) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  name,
                  1,
                  1,
                  "",
                  "found " + json.length + " bytes",
                  "a campaign of at most " + MOST_BYTES)));
    }
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    try {
      JsonNode node = JSON.readTree(json);
      requirePlainNumbers(node);
      file.putArray("campaigns").add(node);
    } catch (IOException | NumberFormatException e) {
      // The parser doesn't make an exponent that is beyond all decimals an exception of input.
      String found =
          e instanceof JsonProcessingException p
              ? p.getOriginalMessage()
              : String.valueOf(e.getMessage());
      throw new ConfigurationException(
          List.of(new Problem(name, 1, 1, "", "found " + found, "a campaign in JSON")));
    }
    return Document.of(name, file);
  }

  /**
   * Refuses numbers of more digits, once written out, than any memory has: a dozen bytes name one.
   */
  private static void requirePlainNumbers(JsonNode node) {
    if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MOST_DECIMALS) {
      throw new NumberFormatException("a number with an exponent beyond " + MOST_DECIMALS);
    }
    node.forEach(Configurations::requirePlainNumbers);
  }

  private static Campaign only(Document document) {
    List<Campaign> campaigns = CampaignReader.readAll(document);
    document.requireFaultless();
    return campaigns.get(0);
  }

  private static @Nullable EngineConfig engine(
      Document document, UnaryOperator<@Nullable String> environment) {
    if (!document.problems().isEmpty()) {
      return null;
    }
    ENGINE.check(document);
    return new EngineReader(environment).read(document);
  }

  private static List<Campaign> campaigns(Document document) {
    if (!document.problems().isEmpty()) {
      return List.of();
    }
    CAMPAIGNS.check(document);
    return CampaignReader.readAll(document);
  }
}
