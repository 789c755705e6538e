package io.dualbid.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Holds a document against a JSON Schema. What would be accepted is told in the words of the
 * schema's own {@code description}, which editors show too.
 */
public final class SchemaCheck {
  private static final int SHOWN_CHARACTERS = 60;

  private final JsonNode text;
  private final JsonSchema schema;

  /**
   * Loads a schema.
   *
   * @param resource its name below {@code /schema}
   */
  public SchemaCheck(String resource) {
    try (InputStream in = SchemaCheck.class.getResourceAsStream("/schema/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("the schema " + resource + " is not on the class path");
      }
      text = new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(
                text,
                SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .locale(Locale.ROOT)
                    .build());
  }

  /** Adds to the document's problems what the schema refuses. */
  public void check(Document document) {
    for (ValidationMessage message : schema.validate(document.root())) {
      String pointer = message.getInstanceLocation().toString();
      JsonNode around = around(message);
      switch (message.getType()) {
        case "additionalProperties" -> unknown(document, pointer, message.getProperty(), around);
        case "required" -> missing(document, pointer, message.getProperty(), around);
        default ->
            document.problem(
                document.value(pointer),
                pointer,
                "found " + shown(document.root().at(pointer)),
                accepted(message));
      }
    }
  }

  /** The schema object whose keyword has spoken. */
  private JsonNode around(ValidationMessage message) {
    String fragment = message.getSchemaLocation().getFragment().toString();
    int last = fragment.lastIndexOf('/');
    return last < 0 ? text : text.at(fragment.substring(0, last));
  }

  private static void unknown(Document document, String parent, String key, JsonNode around) {
    String pointer = parent + "/" + YamlParser.escaped(key);
    List<String> known = new ArrayList<>();
    around.path("properties").fieldNames().forEachRemaining(known::add);
    String nearest = Spelling.nearest(key, known);
    String suggestion = nearest == null ? "" : "'" + nearest + "' (did you mean that?); ";
    document.problem(
        document.key(pointer),
        pointer,
        "found the unknown key '" + key + "'",
        suggestion + String.join(", ", known));
  }

  private void missing(Document document, String parent, String key, JsonNode around) {
    document.problem(
        document.key(parent),
        parent + "/" + YamlParser.escaped(key),
        "found no '" + key + "'",
        key + ": " + described(around.path("properties").path(key)).path("description").asText());
  }

  /**
   * The description nearest to the keyword that has spoken; where the schema of a value is shared
   * by reference, what the referring place says of it goes before.
   */
  private String accepted(ValidationMessage message) {
    JsonNode here = text;
    String description = "";
    for (String step : message.getEvaluationPath().toString().substring(1).split("/", -1)) {
      boolean told = here.path("description").isTextual();
      boolean shared = step.equals("$ref");
      here = shared ? text.at(here.path(step).asText().substring(1)) : here.path(step);
      if (here.path("description").isTextual() && !(shared && told)) {
        description = here.path("description").asText();
      }
    }
    return description.isEmpty() ? message.getMessage() : description;
  }

  private JsonNode described(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() && !node.has("description")
        ? text.at(reference.asText().substring(1))
        : node;
  }

  /** A value as messages show it. */
  static String shown(JsonNode node) {
    if (node instanceof MissingNode || node.isNull()) {
      return "nothing";
    }
    if (node.isObject()) {
      return "a mapping";
    }
    if (node.isArray()) {
      return node.isEmpty() ? "an empty list" : "a list";
    }
    String value = node.isTextual() ? "'" + node.asText() + "'" : node.toString();
    return value.length() > SHOWN_CHARACTERS ? value.substring(0, SHOWN_CHARACTERS) + "…" : value;
  }
}
