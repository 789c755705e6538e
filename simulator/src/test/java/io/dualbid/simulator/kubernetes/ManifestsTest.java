package io.dualbid.simulator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests say what their models take, and the same as the engine's settings beside them. */
final class ManifestsTest {
  private static final List<Class<?>> FLINK_OPTIONS =
      List.of(
          TaskManagerOptions.class,
          CheckpointingOptions.class,
          HighAvailabilityOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class);

  private final PublishedModels models;
  private final EngineConfig engine;

  ManifestsTest() throws IOException {
    models = new PublishedModels();
    String file = "engine.yaml";
    engine =
        Configurations.engine(
            file, Files.readString(Manifests.FOLDER.resolve(file)), name -> "from-" + name);
  }

  @Test
  void everyManifestIsWhatItsPublishedModelTakes() throws IOException {
    List<String> problems = new ArrayList<>();
    for (String file : Manifests.applied()) {
      for (JsonNode manifest : Manifests.read(file)) {
        models.problems(manifest).forEach(problem -> problems.add(file + ": " + problem));
      }
    }
    assertEquals(List.of(), problems);
  }

  /** A check that finds nothing must be able to find something. */
  @Test
  void anUnknownFieldOrAWrongTypeIsFound() throws IOException {
    for (String file : List.of("bidding.yaml", "topics.yaml", "network-policy.yaml")) {
      ObjectNode unknown = (ObjectNode) Manifests.read(file).get(0);
      ((ObjectNode) unknown.path("spec")).put("partition", 3);
      assertFalse(models.problems(unknown).isEmpty(), file);
    }
    ObjectNode deployment = (ObjectNode) Manifests.read("bidding.yaml").get(0);
    ((ObjectNode) deployment.at("/spec/job")).put("parallelism", "four");
    assertFalse(models.problems(deployment).isEmpty());
    ObjectNode container = (ObjectNode) Manifests.read("bidding.yaml").get(0);
    ((ObjectNode) container.at("/spec/podTemplate/spec/containers/0")).put("volumeMount", 1);
    assertFalse(models.problems(container).isEmpty());
    ObjectNode topic = (ObjectNode) Manifests.read("topics.yaml").get(0);
    ((ObjectNode) topic.path("spec")).put("partitions", "many");
    assertFalse(models.problems(topic).isEmpty());
    ObjectNode other = (ObjectNode) Manifests.read("namespace.yaml").get(0);
    other.put("kind", "Nothing");
    assertFalse(models.problems(other).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bidding", "pacing", "placement"})
  void aDeploymentRunsItsJobWithTheSettingsBesideIt(String job) throws Exception {
    JsonNode deployment = Manifests.read(job + ".yaml").get(0);
    JsonNode spec = deployment.path("spec");
    assertEquals("dualbid-" + job, deployment.at("/metadata/name").asText());
    assertEquals(job, spec.at("/job/args/0").asText());
    Method main =
        Class.forName(spec.at("/job/entryClass").asText()).getMethod("main", String[].class);
    assertNotNull(main);

    int parallelism =
        switch (job) {
          case "bidding" -> engine.bidding().parallelism();
          case "pacing" -> engine.pacingJob().parallelism();
          default -> engine.placement().parallelism();
        };
    assertEquals(parallelism, spec.at("/job/parallelism").asInt());
    assertTrue(parallelism <= engine.kafka().creation().partitions(), "idle subtasks");
    assertEquals("savepoint", spec.at("/job/upgradeMode").asText());
    assertFalse(spec.at("/job/allowNonRestoredState").asBoolean(true));

    // Flink and its image are those that the project is built with.
    String minor = EnvironmentInformation.getVersion().replaceFirst("\\.[^.]*$", "");
    assertEquals("v" + minor.replace('.', '_'), spec.path("flinkVersion").asText());
    assertTrue(
        Files.readString(Manifests.FOLDER.resolve("image/Dockerfile"))
            .contains("FROM flink:" + EnvironmentInformation.getVersion() + "-java17\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bidding", "pacing", "placement"})
  void aPodFindsWhatItNames(String job) throws IOException {
    JsonNode spec = Manifests.read(job + ".yaml").get(0).path("spec");
    JsonNode pod = spec.at("/podTemplate/spec");
    JsonNode container = pod.at("/containers/0");
    assertEquals("flink-main-container", container.path("name").asText());

    Map<String, String> folders = new HashMap<>();
    container
        .path("volumeMounts")
        .forEach(m -> folders.put(m.path("name").asText(), m.path("mountPath").asText()));
    Map<String, JsonNode> volumes = new HashMap<>();
    pod.path("volumes").forEach(v -> volumes.put(v.path("name").asText(), v));
    assertEquals(volumes.keySet(), folders.keySet());

    JsonNode kustomization = Manifests.read("kustomization.yaml").get(0);
    JsonNode generated = kustomization.at("/configMapGenerator/0");
    assertEquals(
        generated.path("name").asText(),
        volumes.getOrDefault("engine", pod).at("/configMap/name").asText());
    assertTrue(kustomization.at("/generatorOptions/disableNameSuffixHash").asBoolean());
    assertEquals(
        folders.get("engine") + "/" + generated.at("/files/0").asText(),
        spec.at("/job/args/1").asText());
    assertTrue(
        engine
            .kafka()
            .properties()
            .getOrDefault("ssl.truststore.location", "")
            .startsWith(folders.get("kafka-ca") + "/"));

    // The settings name the environment that the pod gets, and nothing else.
    TreeSet<String> environment = new TreeSet<>();
    container.path("env").forEach(variable -> environment.add(variable.path("name").asText()));
    String login =
        engine.kafka().properties().getOrDefault("sasl.jaas.config", "") + engine.metrics().token();
    for (String name : environment) {
      assertTrue(login.contains("from-" + name), name);
    }
    assertEquals(engine.metrics().port(), container.at("/ports/0/containerPort").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bidding", "pacing", "placement"})
  void theSettingsOfFlinkAreOnesThatItKnows(String job) throws Exception {
    Map<String, ConfigOption<?>> known = new HashMap<>();
    for (Class<?> options : FLINK_OPTIONS) {
      for (Field field : options.getFields()) {
        if (field.getType() == ConfigOption.class) {
          ConfigOption<?> option = (ConfigOption<?>) field.get(null);
          known.put(option.key(), option);
        }
      }
    }
    JsonNode settings = Manifests.read(job + ".yaml").get(0).at("/spec/flinkConfiguration");
    Configuration configuration = new Configuration();
    settings.properties().forEach(s -> configuration.setString(s.getKey(), s.getValue().asText()));
    for (String key : configuration.keySet()) {
      ConfigOption<?> option = known.get(key);
      assertNotNull(option, key);
      assertNotNull(configuration.get(option), key);
    }
    assertEquals(
        engine.state().checkpoints(),
        configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
  }

  @Test
  void theNetworkPolicyLetsInWhatNeedsToCome() throws IOException {
    JsonNode policy = Manifests.read("network-policy.yaml").get(0).path("spec");
    JsonNode chosen = policy.at("/podSelector/matchLabels");
    for (String job : List.of("bidding", "pacing", "placement")) {
      JsonNode labels =
          Manifests.read(job + ".yaml").get(0).at("/spec/podTemplate/metadata/labels");
      chosen.properties().forEach(l -> assertEquals(l.getValue(), labels.path(l.getKey())));
    }
    List<Integer> ports = new ArrayList<>();
    policy.path("ingress").forEach(rule -> ports.add(rule.at("/ports/0/port").asInt()));
    assertTrue(ports.contains(engine.metrics().port()));
  }
}
