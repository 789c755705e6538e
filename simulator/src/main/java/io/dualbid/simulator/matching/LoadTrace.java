package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Matcher;
import java.util.ArrayList;
import java.util.List;

/** The load of some vertices in the course of a run, sampled evenly. */
final class LoadTrace implements MatchingPlay.Observer {
  private static final int SAMPLES = 200;
  private static final int MOST_VERTICES = 8;

  private final String policy;
  private final int stride;
  private final List<Integer> vertices = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();

  /** A moment: arrivals decided, and the load of each vertex that is followed. */
  record Sample(int arrivals, List<Double> loads) {}

  LoadTrace(String policy, MatchingArrivals arrivals) {
    this.policy = policy;
    stride = Math.max(1, arrivals.arrivals() / SAMPLES);
    int count = arrivals.weights().length;
    for (int k = 0; k < Math.min(MOST_VERTICES, count); k++) {
      vertices.add((int) ((long) k * count / Math.min(MOST_VERTICES, count)));
    }
  }

  @Override
  public void decided(int arrival, int vertex, boolean success, Matcher matcher) {
    if ((arrival + 1) % stride == 0) {
      samples.add(
          new Sample(arrival + 1, vertices.stream().map(v -> matcher.view().load(v)).toList()));
    }
  }

  String policy() {
    return policy;
  }

  List<Integer> vertices() {
    return vertices;
  }

  List<Sample> samples() {
    return samples;
  }
}
