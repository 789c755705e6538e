package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Hash;

/** Random draws, single mirror steps, step sizes and catching up. */
final class DualCases {
  private DualCases() {}

  /** The generator behind all draws. */
  static void splitmix64(GoldenCase golden, Comparison comparison) {
    long state = golden.parameters().path("seed").asLong();
    JsonNode longs = golden.expected().path("longs_unsigned");
    JsonNode doubles = golden.expected().path("doubles");
    for (int i = 0; i < longs.size(); i++) {
      state += Hash.GOLDEN_GAMMA;
      long z = Hash.mix(state);
      comparison.same("longs_unsigned[" + i + "]", Long.toUnsignedString(z), longs.get(i));
      comparison.same("doubles[" + i + "]", Hash.unit(z), doubles.path(i));
    }
  }
}
