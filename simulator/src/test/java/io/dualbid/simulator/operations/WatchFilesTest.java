package io.dualbid.simulator.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Whoever is woken finds what to do; whoever looks finds what it means. */
final class WatchFilesTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "operations.md");
  private static final Path METRICS = Path.of("..", "docs", "metrics.md");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyAlertTellsWhatToDoAndHasItsPlaceInTheRunbook() throws IOException {
    Set<String> anchors =
        Files.readString(RUNBOOK)
            .lines()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    JsonNode rules = JSON.valueToTree(new Yaml().load(Files.readString(WatchFiles.ALERTS)));
    int alerts = 0;
    for (JsonNode group : rules.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        String name = rule.path("alert").asText();
        alerts++;
        assertThat(rule.at("/labels/severity").asText()).as(name).isIn("page", "ticket");
        assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
        assertThat(rule.at("/annotations/action").asText()).as(name).isNotBlank();
        String anchor = name.toLowerCase(Locale.ROOT);
        assertThat(rule.at("/annotations/runbook").asText())
            .isEqualTo("docs/operations.md#" + anchor);
        assertThat(anchors).as("headings of %s", RUNBOOK).contains(anchor);
      }
    }
    assertThat(alerts).isGreaterThan(10);
  }

  @Test
  void everyPanelHasAQueryASourceAndALineOnWhatItMeans() throws IOException {
    TreeSet<String> uids = new TreeSet<>();
    for (Path file : WatchFiles.DASHBOARDS) {
      JsonNode dashboard = JSON.readTree(file.toFile());
      assertThat(uids.add(dashboard.path("uid").asText())).as("uid of %s", file).isTrue();
      TreeSet<Integer> ids = new TreeSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        String where = file.getFileName() + ": " + panel.path("title").asText();
        assertThat(ids.add(panel.path("id").asInt())).as(where).isTrue();
        if (panel.path("type").asText().equals("row")) {
          continue;
        }
        assertThat(panel.path("description").asText()).as(where).isNotBlank();
        assertThat(panel.path("targets")).as(where).isNotEmpty();
        for (JsonNode target : panel.path("targets")) {
          assertThat(target.path("expr").asText()).as(where).containsPattern("(dualbid|jvm)_");
          assertThat(target.at("/datasource/uid").asText()).as(where).isEqualTo("${datasource}");
        }
      }
      assertThat(ids).isNotEmpty();
    }
  }

  /** A row of the table of meters for each: under its own name, or after the dots of its family. */
  @Test
  void everyMetricIsDocumented() throws IOException {
    String page = Files.readString(METRICS);
    Set<String> undocumented = new TreeSet<>();
    for (String metric : WatchFiles.metrics()) {
      String base = metric.replaceFirst("_(total|ns|ms)$", "");
      String last = base.substring(base.lastIndexOf('_') + 1);
      boolean known =
          page.contains(metric)
              || page.contains("`" + base.replace('_', '.'))
              || Pattern.compile("`\\." + last + "`").matcher(page).find();
      if (metric.startsWith("dualbid_") && !known) {
        undocumented.add(metric);
      }
    }
    assertThat(undocumented).isEmpty();
  }
}
