package io.dualbid.simulator.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboards and alert rules of {@code config}. */
public final class WatchFiles {
  /** Alert rules. */
  public static final Path ALERTS = Path.of("..", "config", "prometheus", "alerts.yaml");

  /** Dashboards. */
  public static final List<Path> DASHBOARDS =
      List.of(
          Path.of("..", "config", "grafana", "engine.json"),
          Path.of("..", "config", "grafana", "campaign.json"));

  private static final Pattern METRIC = Pattern.compile("\\b(?:dualbid|jvm)_[a-z_]+");

  private WatchFiles() {}

  /** The names of all metrics that they read. */
  public static SortedSet<String> metrics() throws IOException {
    TreeSet<String> names = new TreeSet<>(metrics(ALERTS));
    for (Path dashboard : DASHBOARDS) {
      names.addAll(metrics(dashboard));
    }
    return names;
  }

  /** The names of the metrics that a file reads. */
  static SortedSet<String> metrics(Path file) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Matcher metric = METRIC.matcher(Files.readString(file));
    while (metric.find()) {
      names.add(metric.group());
    }
    return names;
  }
}
