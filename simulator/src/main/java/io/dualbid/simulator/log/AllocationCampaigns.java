package io.dualbid.simulator.log;

import io.dualbid.core.matching.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The offline side of an allocation log: campaigns with a resource of their own, in the order of
 * their capacities and then of their first options, and what their options are like on average.
 *
 * <p>Matching knows one resource for each campaign; an option of several, or of one that others
 * share, can't be read. A campaign without a capacity has no limit.
 */
public final class AllocationCampaigns {
  /** The capacity of a campaign that has no limit, in nanos. */
  public static final long UNLIMITED = Long.MAX_VALUE / 4;

  private final Capacities capacities;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private @Nullable String[] resource = new String[16];
  private long[] capacityNanos = new long[16];
  private double[] rewards = new double[16];
  private double[] amounts = new double[16];
  private long[] options = new long[16];
  private boolean listed;

  AllocationCampaigns(Capacities capacities) {
    this.capacities = capacities;
  }

  /**
   * Reads the arrival at which a stream stands.
   *
   * @return false if it was put aside
   */
  boolean read(AllocationStream stream, Arrival into) throws IOException {
    if (!listed) {
      listed = true;
      capacities.campaigns().forEach(this::number);
    }
    AllocationRow row = stream.row();
    into.clear();
    for (int o = 0; o < row.options(); o++) {
      String campaign = row.campaign(o);
      int vertex = number(campaign);
      if (into.edgeTo(vertex) >= 0) {
        stream.reject("campaign", "'" + campaign + "' twice", "each campaign once an arrival");
        return false;
      }
      if (row.reward(o) < 0) {
        stream.reject("reward", "the reward " + row.reward(o), "0 or more");
        return false;
      }
      long nanos = consumption(stream, row, o, vertex);
      if (nanos < 0) {
        return false;
      }
      if (row.probability(o) > 0) {
        into.edge(vertex, row.probability(o), nanos, row.reward(o));
      }
    }
    return true;
  }

  /** What an option takes of its campaign's resource, or -1 if the row was put aside. */
  private long consumption(AllocationStream stream, AllocationRow row, int option, int vertex)
      throws IOException {
    long nanos = 1;
    String one = null;
    for (int e = row.firstEntry(option); e < row.firstEntry(option + 1); e++) {
      if (row.amount(e) == 0) {
        continue;
      }
      String name = row.resource(e);
      if (one != null || (resource[vertex] != null && !name.equals(resource[vertex]))) {
        stream.reject(
            name,
            "'" + name + "' besides '" + (one == null ? resource[vertex] : one) + "'",
            "one resource for each campaign (dualbid hindsight takes any)");
        return -1;
      }
      one = name;
      if (!AllocationTape.fits(row.amount(e))) {
        stream.reject(name, "the amount " + row.amount(e), "below 9e9");
        return -1;
      }
      nanos = AllocationTape.nanos(row.amount(e));
    }
    if (one != null && resource[vertex] == null && !limit(stream, row, option, vertex, one)) {
      return -1;
    }
    return nanos;
  }

  private boolean limit(
      AllocationStream stream, AllocationRow row, int option, int vertex, String name)
      throws IOException {
    String campaign = row.campaign(option);
    String known = capacities.name(campaign, name);
    if (known == null) {
      stream.reject(
          name,
          "the resource '" + name + "' of '" + campaign + "' without a capacity",
          "resources in the line of capacities, or budgets in --campaigns");
      return false;
    }
    if (!capacities.isOwn(campaign, name)) {
      stream.reject(
          name,
          "the resource '" + name + "', which all share",
          "a resource of each campaign's own (dualbid hindsight takes any)");
      return false;
    }
    double capacity = capacities.amount(known);
    if (!AllocationTape.fits(capacity)) {
      stream.reject(name, "the capacity " + capacity, "below 9e9");
      return false;
    }
    resource[vertex] = name;
    capacityNanos[vertex] = AllocationTape.nanos(capacity);
    return true;
  }

  private int number(String id) {
    Integer known = numbers.get(id);
    if (known != null) {
      return known;
    }
    int number = ids.size();
    ids.add(id);
    numbers.put(id, number);
    if (number == capacityNanos.length) {
      resource = Arrays.copyOf(resource, 2 * number);
      capacityNanos = Arrays.copyOf(capacityNanos, 2 * number);
      rewards = Arrays.copyOf(rewards, 2 * number);
      amounts = Arrays.copyOf(amounts, 2 * number);
      options = Arrays.copyOf(options, 2 * number);
    }
    capacityNanos[number] = UNLIMITED;
    return number;
  }

  void seen(Arrival arrival, int edge) {
    int vertex = arrival.vertex(edge);
    rewards[vertex] += arrival.reward(edge) * arrival.probability(edge);
    amounts[vertex] += arrival.expectedAmount(edge);
    options[vertex]++;
  }

  /** How many there are. */
  public int size() {
    return ids.size();
  }

  /** Their ids. */
  public List<String> ids() {
    return Collections.unmodifiableList(ids);
  }

  /** How much each can take in all, in nanos; a copy. */
  public long[] capacities() {
    return Arrays.copyOf(capacityNanos, ids.size());
  }

  /**
   * What a nano of each brings on average over its options, weighted by how likely they are; a
   * little above 0 where they bring nothing.
   */
  public double[] weights() {
    double[] weights = new double[ids.size()];
    for (int v = 0; v < weights.length; v++) {
      weights[v] = Math.max(Double.MIN_NORMAL, amounts[v] > 0 ? rewards[v] / amounts[v] : 0);
    }
    return weights;
  }

  /** What all options of each would take in expectation, in nanos. */
  public double[] demand() {
    return Arrays.copyOf(amounts, ids.size());
  }

  /** What an option of each takes in expectation, on average, in nanos; 0 without options. */
  public double[] meanAmounts() {
    double[] means = new double[ids.size()];
    for (int v = 0; v < means.length; v++) {
      means[v] = options[v] > 0 ? amounts[v] / options[v] : 0;
    }
    return means;
  }
}
