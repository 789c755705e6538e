package io.dualbid.simulator.hindsight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dualbid.simulator.world.LogFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an allocation log as an {@link AllocationProblem}: one arrival a line,
 *
 * <pre>
 *   {"capacity": {"a": {"budget": 100}, "seats": 40}}
 *   {"t": 1, "options": [{"campaign": "a", "reward": 1.2, "consumption": {"budget": 0.4, "seats": 1}}]}
 * </pre>
 *
 * <p>The first line may give capacities: an object is a campaign with its own resources, a number a
 * resource that all share. The row of a campaign's resource is called {@code campaign.resource}.
 * With a {@code success_probability} reward and consumption happen only on success; both are
 * multiplied by it, so the optimum is that of the expectation.
 */
public final class AllocationLog {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final AllocationProblem.Builder builder = new AllocationProblem.Builder();
  private final long firstArrival;
  private final long lastArrival;
  private long arrivals;
  private String place = "";
  private String line = "";

  private AllocationLog(long firstArrival, long lastArrival) {
    this.firstArrival = firstArrival;
    this.lastArrival = lastArrival;
  }

  /**
   * Reads logs, one after the other.
   *
   * @param budgets rows that are known besides those of the log, such as {@code a.budget}
   * @param firstArrival first arrival to take, from 1
   * @param lastArrival last arrival to take
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if a line can't be; the message names file, line and column
   */
  public static AllocationProblem read(
      List<Path> files, Map<String, Double> budgets, long firstArrival, long lastArrival)
      throws IOException {
    AllocationLog log = new AllocationLog(firstArrival, lastArrival);
    budgets.forEach(log.builder::row);
    for (Path file : files) {
      log.read(file);
    }
    AllocationProblem problem = log.builder.build();
    if (problem.arrivals() == 0) {
      throw new IllegalArgumentException(
          files.get(0) + ":1:1: found no arrival; accepted: {\"options\": [...]} a line");
    }
    return problem;
  }

  private void read(Path file) throws IOException {
    try (BufferedReader lines = LogFiles.open(file)) {
      long number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        place = file + ":" + number + ":";
        line = text;
        if (!text.isBlank()) {
          read();
        }
      }
    }
  }

  private void read() {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new IllegalArgumentException(
          place + column + ": found no JSON (" + e.getOriginalMessage() + "); accepted: an object",
          e);
    }
    if (node.path("options").isArray()) {
      arrivals++;
      if (arrivals >= firstArrival && arrivals <= lastArrival) {
        builder.arrival();
        for (JsonNode option : node.get("options")) {
          option(option);
        }
      }
    } else if (node.path("capacity").isObject() && arrivals == 0) {
      for (Map.Entry<String, JsonNode> entry : node.get("capacity").properties()) {
        if (entry.getValue().isObject()) {
          for (Map.Entry<String, JsonNode> own : entry.getValue().properties()) {
            capacity(entry.getKey() + "." + own.getKey(), own.getKey(), own.getValue());
          }
        } else {
          capacity(entry.getKey(), entry.getKey(), entry.getValue());
        }
      }
    } else {
      throw wrong(
          null,
          "neither a list 'options' nor, before all arrivals, an object 'capacity'",
          "{\"t\": 1, \"options\": [{\"campaign\", \"reward\", \"consumption\"}]}");
    }
  }

  private void capacity(String name, String key, JsonNode amount) {
    if (!amount.isNumber() || !(amount.asDouble() >= 0) || Double.isInfinite(amount.asDouble())) {
      throw wrong(key, "the capacity " + amount, "a number from 0");
    }
    if (builder.indexOf(name) >= 0) {
      throw wrong(key, "a second capacity of " + name, "one");
    }
    builder.row(name, amount.asDouble());
  }

  private void option(JsonNode option) {
    String campaign = option.path("campaign").asText();
    if (!option.path("campaign").isTextual()) {
      throw wrong("campaign", "the campaign " + option.path("campaign"), "its id, as text");
    }
    double probability = 1;
    if (option.has("success_probability")) {
      probability = number("success_probability", option.get("success_probability"));
      if (!(probability >= 0 && probability <= 1)) {
        throw wrong("success_probability", "the probability " + probability, "0 to 1");
      }
    }
    builder.option(probability * number("reward", option.path("reward")));
    Set<Integer> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : option.path("consumption").properties()) {
      String resource = entry.getKey();
      int row = builder.indexOf(campaign + "." + resource);
      if (row < 0) {
        row = builder.indexOf(resource);
      }
      if (row < 0) {
        throw wrong(
            resource,
            "the resource '" + resource + "' of '" + campaign + "' without a capacity",
            "resources in the line of capacities, or budgets in --campaigns");
      }
      double amount = number(resource, entry.getValue());
      if (!(amount >= 0) || !seen.add(row)) {
        throw wrong(resource, "the amount " + amount + " of " + resource, "one from 0");
      }
      if (amount > 0) {
        builder.takes(row, probability * amount);
      }
    }
  }

  private double number(String key, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
      throw wrong(
          key, "'" + key + "' " + (node.isMissingNode() ? "missing" : node), "a finite number");
    }
    return node.asDouble();
  }

  /** Points at the first mention of a key in the line, or at its beginning. */
  private IllegalArgumentException wrong(@Nullable String key, String found, String accepted) {
    int at = key == null ? -1 : line.indexOf("\"" + key + "\"");
    return new IllegalArgumentException(
        place + (Math.max(0, at) + 1) + ": found " + found + "; accepted: " + accepted);
  }
}
