package io.dualbid.simulator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * Checks a manifest as a strict API server would: against the model that the makers of its kind
 * have published, with nothing in it that the model doesn't know.
 */
final class PublishedModels {
  private static final String FLINK_DEPLOYMENTS =
      "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private static final String METADATA = "io.fabric8.kubernetes.api.model.ObjectMeta";

  /** By name: the compiler would ask for annotations that nothing here needs. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "v1/Namespace", "io.fabric8.kubernetes.api.model.Namespace",
          "networking.k8s.io/v1/NetworkPolicy",
              "io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy",
          "kafka.strimzi.io/v1/KafkaTopic", "io.strimzi.api.kafka.model.topic.KafkaTopic");

  private final ObjectMapper strict =
      new ObjectMapper()
          .setAnnotationIntrospector(new Closed())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final ObjectNode flinkResource;
  private final JsonSchema flinkSchema;

  PublishedModels() throws IOException {
    try (InputStream in = PublishedModels.class.getResourceAsStream(FLINK_DEPLOYMENTS)) {
      if (in == null) {
        throw new IllegalStateException(FLINK_DEPLOYMENTS + " is not on the class path");
      }
      flinkResource = strict.valueToTree(new Yaml().load(in));
    }
    ObjectNode schema = (ObjectNode) flinkResource.at("/spec/versions/0/schema/openAPIV3Schema");
    // The newest definition that Maven Central serves ends with Flink 1.20; later operators have
    // the same shape with more versions, and those the test of versions compares by itself.
    ((ObjectNode) schema.at("/properties/spec/properties/flinkVersion")).remove("enum");
    close(schema);
    ObjectNode ofEveryObject = (ObjectNode) schema.path("properties");
    for (String field : List.of("apiVersion", "kind", "metadata")) {
      ofEveryObject.putObject(field);
    }
    flinkSchema = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
  }

  /** What is wrong with it; empty where nothing is. */
  List<String> problems(JsonNode manifest) {
    String kind = manifest.path("apiVersion").asText() + "/" + manifest.path("kind").asText();
    String flink =
        flinkResource.at("/spec/group").asText()
            + "/"
            + flinkResource.at("/spec/versions/0/name").asText()
            + "/"
            + flinkResource.at("/spec/names/kind").asText();
    if (kind.equals(flink)) {
      List<String> problems = new ArrayList<>(byClass(METADATA, manifest.path("metadata")));
      flinkSchema.validate(manifest).stream()
          .map(ValidationMessage::getMessage)
          .forEach(problems::add);
      return problems;
    }
    String model = CLASSES.get(kind);
    if (model == null) {
      return List.of("found " + kind + ", of which no model is known");
    }
    return byClass(model, manifest);
  }

  private List<String> byClass(String model, JsonNode value) {
    try {
      strict.treeToValue(value, Class.forName(model));
      return List.of();
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(model + " is not on the class path", e);
    }
  }

  /** Forbids what an object doesn't name, unless it says that it takes more. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      boolean open =
          object.has("additionalProperties")
              || object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (object.path("properties").isObject() && !open) {
        object.put("additionalProperties", false);
      }
    }
    schema.forEach(PublishedModels::close);
  }

  /** Takes from models the place where they keep what they don't know. */
  private static final class Closed extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
