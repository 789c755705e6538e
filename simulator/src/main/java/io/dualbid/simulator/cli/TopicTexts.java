package io.dualbid.simulator.cli;

import io.dualbid.stream.topics.TopicSpec;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Topics as text, for people and for the tools that create them. */
final class TopicTexts {
  private TopicTexts() {}

  /** A line a topic; an asterisk marks what the protocol rests on. */
  static String table(List<TopicSpec> plan) {
    int width = plan.stream().mapToInt(topic -> topic.name().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    String row = "%-" + Math.max(width, "topic".length()) + "s %10s %8s  %s%n";
    text.append(String.format(Locale.ROOT, row, "topic", "partitions", "replicas", "settings"));
    for (TopicSpec topic : plan) {
      String partitions = topic.partitions() + (topic.onePartition() ? "*" : "");
      String settings =
          topic.settings().entrySet().stream()
              .map(
                  setting ->
                      setting.getKey()
                          + "="
                          + setting.getValue()
                          + (topic.needs().containsKey(setting.getKey()) ? "*" : ""))
              .collect(Collectors.joining(" "));
      text.append(
          String.format(Locale.ROOT, row, topic.name(), partitions, topic.replicas(), settings)
              .replaceAll(" +(?=\\R)", ""));
    }
    return text.append("* the jobs refuse a topic that is otherwise\n").toString();
  }

  /** A command of Kafka for each topic. */
  static String commands(List<TopicSpec> plan, String bootstrap) {
    StringBuilder text = new StringBuilder();
    for (TopicSpec topic : plan) {
      text.append("kafka-topics --bootstrap-server ")
          .append(bootstrap)
          .append(" --create --if-not-exists --topic ")
          .append(topic.name())
          .append(" --partitions ")
          .append(topic.partitions())
          .append(" --replication-factor ")
          .append(topic.replicas());
      topic
          .settings()
          .forEach((key, value) -> text.append(" --config ").append(key).append('=').append(value));
      text.append('\n');
    }
    return text.toString();
  }

  /** A {@code KafkaTopic} for each topic, for the topic operator of Strimzi. */
  static String strimzi(List<TopicSpec> plan, String cluster) {
    return plan.stream().map(topic -> strimzi(topic, cluster)).collect(Collectors.joining("---\n"));
  }

  private static String strimzi(TopicSpec topic, String cluster) {
    StringBuilder text =
        new StringBuilder()
            .append("apiVersion: kafka.strimzi.io/v1\n")
            .append("kind: KafkaTopic\n")
            .append("metadata:\n")
            .append("  name: ")
            .append(quoted(topic.name()))
            .append("\n  labels:\n    strimzi.io/cluster: ")
            .append(quoted(cluster))
            .append("\nspec:\n  partitions: ")
            .append(topic.partitions())
            .append("\n  replicas: ")
            .append(topic.replicas())
            .append('\n');
    SortedMap<String, String> settings = topic.settings();
    if (!settings.isEmpty()) {
      text.append("  config:\n");
      settings.forEach(
          (key, value) ->
              text.append("    ").append(key).append(": ").append(quoted(value)).append('\n'));
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
