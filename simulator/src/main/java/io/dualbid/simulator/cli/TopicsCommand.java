package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.access.AccessPlan;
import io.dualbid.stream.access.Grant;
import io.dualbid.stream.topics.TopicPlan;
import io.dualbid.stream.topics.TopicSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The topics that an engine needs, as those who create them elsewhere want to read them. */
@Command(
    name = "topics",
    description =
        "Prints the topics that an engine needs, with the settings that its protocol rests on: as a"
            + " table, as commands of Kafka, or as Strimzi resources for Kubernetes. Asks no broker.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: dualbid topics --config config/engine.yaml --format commands",
      "Example: dualbid topics --config config/engine.yaml --acls",
    })
final class TopicsCommand implements Callable<Integer> {
  /** How topics are printed. */
  enum Format {
    table,
    commands,
    strimzi
  }

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Engine settings (YAML): names, partitions, replication.")
  private @Nullable Path config;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private Format format = Format.table;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The Strimzi cluster that the topics are of (default ${DEFAULT-VALUE}).")
  private String cluster = "dualbid";

  @Option(
      names = "--acls",
      description = "Print who needs to be allowed what, as commands of Kafka, in place of topics.")
  private boolean acls;

  @Option(
      names = "--principal-prefix",
      paramLabel = "TEXT",
      description =
          "How principals are called before bidding, pacing, placement, exchange, operator and"
              + " auditor (default ${DEFAULT-VALUE}).")
  private String principalPrefix = "dualbid-";

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Path file = config;
    if (file == null) {
      throw new WrongInput("--config: found nothing; accepted: engine settings (YAML)");
    }
    // No broker is asked and no port opened, so secrets may be missing.
    EngineConfig engine =
        Configurations.engine(
            file.toString(),
            Files.readString(file),
            name -> Objects.requireNonNullElse(System.getenv(name), "stands-for-a-secret"));
    if (acls) {
      List<Grant> grants = AccessPlan.of(engine);
      System.out.print(
          json
              ? Summary.text(AclTexts.document(grants, principalPrefix)) + "\n"
              : AclTexts.commands(grants, principalPrefix, engine.kafka().bootstrap()));
      return 0;
    }
    List<TopicSpec> plan = TopicPlan.of(engine);
    if (json) {
      System.out.println(Summary.text(document(plan)));
      return 0;
    }
    System.out.print(
        switch (format) {
          case table -> TopicTexts.table(plan);
          case commands -> TopicTexts.commands(plan, engine.kafka().bootstrap());
          case strimzi -> TopicTexts.strimzi(plan, cluster);
        });
    return 0;
  }

  private static ObjectNode document(List<TopicSpec> plan) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "topics");
    ArrayNode topics = document.putArray("topics");
    for (TopicSpec topic : plan) {
      ObjectNode told = topics.addObject();
      told.put("name", topic.name());
      told.put("partitions", topic.partitions());
      told.put("replicas", topic.replicas());
      told.put("one_partition", topic.onePartition());
      topic.needs().forEach(told.putObject("needs")::put);
      topic.wishes().forEach(told.putObject("wishes")::put);
    }
    return document;
  }
}
