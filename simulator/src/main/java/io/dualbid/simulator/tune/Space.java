package io.dualbid.simulator.tune;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * All candidates there are. They are drawn as a Latin hypercube: of n candidates one has its value
 * of a parameter in each n-th of the parameter's range, so that few of them cover each range evenly
 * however many parameters there are.
 *
 * @param parameters at least one
 * @see "McKay, Beckman, Conover: A Comparison of Three Methods for Selecting Values of Input
 *     Variables, Technometrics 21(2), 1979"
 */
public record Space(List<Parameter> parameters) {
  public Space {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException("a space needs a parameter");
    }
  }

  /** How many candidates there are; 0 for any number of them. */
  public long count() {
    long count = 1;
    for (Parameter parameter : parameters) {
      count = Math.min(Integer.MAX_VALUE, count * parameter.count());
    }
    return count;
  }

  /**
   * Draws candidates from all of the space; all of them where there are no more.
   *
   * @param most how many at most, at least 1; equal ones count once
   */
  public List<Candidate> draw(int most, SplittableRandom random) {
    if (count() > 0 && count() <= most) {
      return all();
    }
    Set<Candidate> drawn = new LinkedHashSet<>();
    int[][] strata = new int[parameters.size()][];
    for (int p = 0; p < strata.length; p++) {
      strata[p] = permutation(most, random);
    }
    for (int i = 0; i < most; i++) {
      Map<String, String> values = new TreeMap<>();
      for (int p = 0; p < strata.length; p++) {
        double place = (strata[p][i] + random.nextDouble()) / most;
        put(values, parameters.get(p), place);
      }
      drawn.add(new Candidate(values));
    }
    return List.copyOf(drawn);
  }

  /**
   * Draws candidates near another. Choices stay as they are: they have no neighbours.
   *
   * @param centre a candidate of this space
   * @param width what part of each range, at most 1
   * @param most how many at most, at least 1; equal ones count once
   */
  public List<Candidate> drawAround(
      Candidate centre, double width, int most, SplittableRandom random) {
    Set<Candidate> drawn = new LinkedHashSet<>();
    int[][] strata = new int[parameters.size()][];
    for (int p = 0; p < strata.length; p++) {
      strata[p] = permutation(most, random);
    }
    for (int i = 0; i < most; i++) {
      Map<String, String> values = new TreeMap<>();
      for (int p = 0; p < strata.length; p++) {
        Parameter parameter = parameters.get(p);
        String value = centre.get(parameter.name(), "");
        double share = (strata[p][i] + random.nextDouble()) / most;
        if (parameter.count() > 0) {
          values.put(parameter.name(), value);
        } else {
          double low = Math.max(0, Math.min(1 - width, parameter.place(value) - width / 2));
          put(values, parameter, low + share * width);
        }
      }
      drawn.add(new Candidate(values));
    }
    return List.copyOf(drawn);
  }

  /** Whether a candidate has a value for each parameter. */
  boolean holds(Candidate candidate) {
    return parameters.stream().allMatch(p -> candidate.values().containsKey(p.name()));
  }

  private List<Candidate> all() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Parameter parameter : parameters) {
      List<Map<String, String>> more = new ArrayList<>();
      for (Map<String, String> values : all) {
        for (int i = 0; i < parameter.count(); i++) {
          Map<String, String> longer = new TreeMap<>(values);
          put(longer, parameter, (i + 0.5) / parameter.count());
          more.add(longer);
        }
      }
      all = more;
    }
    return all.stream().map(Candidate::new).toList();
  }

  private static void put(Map<String, String> values, Parameter parameter, double place) {
    values.put(parameter.name(), parameter.at(Math.min(Math.nextDown(1.0), place)));
  }

  private static int[] permutation(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
