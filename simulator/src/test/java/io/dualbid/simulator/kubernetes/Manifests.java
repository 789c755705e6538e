package io.dualbid.simulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code config/kubernetes}. */
final class Manifests {
  static final Path FOLDER = Path.of("..", "config", "kubernetes");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifests() {}

  /** The documents of a file. */
  static List<JsonNode> read(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(Files.readString(FOLDER.resolve(file)))) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }

  /** The files that are applied. */
  static List<String> applied() throws IOException {
    List<String> files = new ArrayList<>();
    read("kustomization.yaml").get(0).path("resources").forEach(file -> files.add(file.asText()));
    return files;
  }
}
