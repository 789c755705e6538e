package io.dualbid.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TopicsCommandTest {
  private static final Path CONFIG = Path.of("..", "config");

  /** The manifest and the topics of the demo have one source; whoever changes it makes both. */
  @Test
  void theManifestOfTopicsIsWhatTheCommandPrints() throws IOException {
    Path folder = CONFIG.resolve("kubernetes");
    Captured run =
        Captured.run(
            "topics", "--config", folder.resolve("engine.yaml").toString(), "--format", "strimzi");
    assertEquals(0, run.status(), run.err());
    assertEquals(
        Files.readString(folder.resolve("topics.yaml")),
        run.out(),
        "write it anew: ./dualbid topics --config config/kubernetes/engine.yaml --format strimzi"
            + " > config/kubernetes/topics.yaml");
  }

  @Test
  void aTableMarksWhatTheProtocolRestsOn() {
    String table = run("--format", "table");
    assertTrue(table.contains("message.timestamp.type=LogAppendTime*"), table);
    assertTrue(table.lines().anyMatch(line -> line.matches("campaigns +1\\* +1 .*")), table);
    assertTrue(
        table
            .lines()
            .anyMatch(line -> line.matches("bid-requests +4 +1 +compression.type=uncompressed[*]")),
        table);
  }

  @Test
  void commandsOfKafkaCarryTheSameSettings() {
    String commands = run("--format", "commands");
    assertEquals(11, commands.lines().count());
    assertTrue(
        commands.contains(
            "kafka-topics --bootstrap-server localhost:9092 --create --if-not-exists --topic bids"
                + " --partitions 4 --replication-factor 1"
                + " --config compression.type=uncompressed"
                + " --config message.timestamp.type=LogAppendTime"),
        commands);
  }

  @Test
  void jsonTellsNeedsAndWishesApart() throws IOException {
    JsonNode topics = new ObjectMapper().readTree(run("--json")).path("topics");
    JsonNode pacing = MissingNode.getInstance();
    for (JsonNode topic : topics) {
      if (topic.path("name").asText().equals("pacing")) {
        pacing = topic;
      }
    }
    assertEquals("compact", pacing.at("/needs/cleanup.policy").asText());
    assertEquals("600000", pacing.at("/wishes/segment.ms").asText());
    assertTrue(pacing.path("one_partition").asBoolean());
  }

  private static String run(String... options) {
    String[] args = new String[options.length + 3];
    args[0] = "topics";
    args[1] = "--config";
    args[2] = CONFIG.resolve("engine.yaml").toString();
    System.arraycopy(options, 0, args, 3, options.length);
    Captured run = Captured.run(args);
    assertEquals(0, run.status(), run.err());
    return run.out();
  }
}
