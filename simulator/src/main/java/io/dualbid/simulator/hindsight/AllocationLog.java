package io.dualbid.simulator.hindsight;

import io.dualbid.simulator.log.AllocationRow;
import io.dualbid.simulator.log.AllocationStream;
import io.dualbid.simulator.log.Capacities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final AllocationProblem.Builder builder = new AllocationProblem.Builder();
  private final AllocationStream stream;
  private final Capacities capacities;
  private final Set<Integer> seen = new HashSet<>();
  private int[] rows = new int[16];
  private int known;

  private AllocationLog(AllocationStream stream, Capacities capacities) {
    this.stream = stream;
    this.capacities = capacities;
  }

  /**
   * Reads a stream to its end.
   *
   * @param files what it reads, for messages
   * @param capacities those that the stream fills, with what is known besides
   * @param firstArrival first arrival to take, from 1
   * @param lastArrival last arrival to take
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if a line can't be; the message names file, line and column
   */
  public static AllocationProblem read(
      List<Path> files,
      AllocationStream stream,
      Capacities capacities,
      long firstArrival,
      long lastArrival)
      throws IOException {
    AllocationLog log = new AllocationLog(stream, capacities);
    long arrivals = 0;
    long taken = 0;
    while (stream.next()) {
      if (log.resolved()) {
        arrivals++;
        if (arrivals >= firstArrival && arrivals <= lastArrival) {
          log.add();
          taken++;
        }
      }
    }
    if (taken == 0) {
      throw new IllegalArgumentException(
          files.get(0) + ":1:1: found no arrival; accepted: {\"options\": [...]} a line");
    }
    return log.builder.build();
  }

  /** Finds the row of each entry of an arrival; false if it was put aside. */
  private boolean resolved() throws IOException {
    if (known < capacities.all().size()) {
      known = capacities.all().size();
      for (Map.Entry<String, Double> capacity : capacities.all().entrySet()) {
        if (builder.indexOf(capacity.getKey()) < 0) {
          builder.row(capacity.getKey(), capacity.getValue());
        }
      }
    }
    AllocationRow row = stream.row();
    int entries = row.firstEntry(row.options());
    rows = rows.length < entries ? new int[2 * entries] : rows;
    for (int o = 0; o < row.options(); o++) {
      seen.clear();
      for (int e = row.firstEntry(o); e < row.firstEntry(o + 1); e++) {
        String resource = row.resource(e);
        String name = capacities.name(row.campaign(o), resource);
        if (name == null) {
          stream.reject(
              resource,
              "the resource '" + resource + "' of '" + row.campaign(o) + "' without a capacity",
              "resources in the line of capacities, or budgets in --campaigns");
          return false;
        }
        rows[e] = builder.indexOf(name);
        if (!seen.add(rows[e])) {
          stream.reject(resource, "a second amount of " + name, "one");
          return false;
        }
      }
    }
    return true;
  }

  private void add() {
    AllocationRow row = stream.row();
    builder.arrival();
    for (int o = 0; o < row.options(); o++) {
      double probability = row.probability(o);
      builder.option(probability * row.reward(o));
      for (int e = row.firstEntry(o); e < row.firstEntry(o + 1); e++) {
        if (row.amount(e) > 0) {
          builder.takes(rows[e], probability * row.amount(e));
        }
      }
    }
  }
}
