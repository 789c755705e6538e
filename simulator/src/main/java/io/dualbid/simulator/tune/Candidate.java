package io.dualbid.simulator.tune;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Values of parameters, as texts. A parameter that is not among them has its default.
 *
 * @param values by name of the parameter, in the order of the names
 */
public record Candidate(Map<String, String> values) {
  public Candidate {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** The value of a parameter, or what stands for its default. */
  public String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
