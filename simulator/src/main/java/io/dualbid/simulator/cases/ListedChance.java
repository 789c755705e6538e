package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.matching.Chance;

/** Uniform numbers that a case lists, one after the other. */
final class ListedChance implements Chance {
  private final JsonNode uniforms;
  private int used;

  ListedChance(JsonNode uniforms) {
    this.uniforms = uniforms;
  }

  @Override
  public boolean happens(double probability) {
    if (used >= uniforms.size()) {
      throw new CaseMismatch("more than the " + uniforms.size() + " uniforms of the case are used");
    }
    return uniforms.get(used++).asDouble() < probability;
  }

  int used() {
    return used;
  }
}
