package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingView;
import java.util.ArrayList;
import java.util.List;

/** What was brought, and the load of some vertices, in the course of a run, sampled evenly. */
public final class LoadTrace implements MatchingPlay.Observer {
  private static final int SAMPLES = 200;

  /** The most vertices that are followed. */
  public static final int MOST_VERTICES = 8;

  private final String policy;
  private final int stride;
  private final List<Integer> vertices = new ArrayList<>();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * A moment.
   *
   * @param arrivals how many were decided
   * @param value what successes that are known have brought
   * @param loads of each vertex that is followed
   * @param consumed of each, in units of its capacity
   * @param reserved of each, likewise
   */
  public record Sample(
      int arrivals, double value, List<Double> loads, List<Long> consumed, List<Long> reserved) {}

  /**
   * To follow up to {@value #MOST_VERTICES} vertices, spread evenly over all.
   *
   * @param policy its name
   * @param arrivals how many there will be
   * @param count number of vertices
   */
  public LoadTrace(String policy, int arrivals, int count) {
    this.policy = policy;
    stride = Math.max(1, arrivals / SAMPLES);
    for (int k = 0; k < Math.min(MOST_VERTICES, count); k++) {
      vertices.add((int) ((long) k * count / Math.min(MOST_VERTICES, count)));
    }
  }

  @Override
  public void decided(int arrival, int vertex, boolean success, Matcher matcher) {
    if ((arrival + 1) % stride == 0) {
      MatchingView view = matcher.view();
      samples.add(
          new Sample(
              arrival + 1,
              matcher.value(),
              vertices.stream().map(view::load).toList(),
              vertices.stream().map(view::consumed).toList(),
              vertices.stream().map(view::reserved).toList()));
    }
  }

  /** The name of the policy. */
  public String policy() {
    return policy;
  }

  /** The vertices that are followed. */
  public List<Integer> vertices() {
    return vertices;
  }

  /** The moments, some two hundred. */
  public List<Sample> samples() {
    return samples;
  }
}
