package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
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

  /** One step each, with its own map and bounds. */
  static void mirrorSteps(GoldenCase golden, Comparison comparison) {
    Trace trace = new Trace();
    for (JsonNode step : golden.input()) {
      JsonNode own = step.path("parameters");
      MirrorMap map = DualParameters.map(step.path("mirror").asText(), own);
      double move = own.path("eta").asDouble() * step.path("g").asDouble();
      trace.add("mu_after", map.step(step.path("mu").asDouble(), move));
    }
    trace.compare(comparison, golden.expected());
  }

  /** Step sizes by the number of the step and the squares of the gradients so far. */
  static void stepSizes(GoldenCase golden, Comparison comparison) {
    double c = golden.number("c");
    StepSize constant = new StepSize.Constant(c);
    StepSize inverseRoot = new StepSize.InverseRoot(c);
    StepSize adaptive = new StepSize.Adaptive(c, golden.number("t0", 0));
    Trace trace = new Trace();
    double squares = 0;
    long step = 0;
    for (JsonNode gradient : golden.input()) {
      step++;
      squares += gradient.asDouble() * gradient.asDouble();
      trace.add("constant", constant.at(step, squares));
      trace.add("inverse-sqrt", inverseRoot.at(step, squares));
      trace.add("adagrad", adaptive.at(step, squares));
    }
    trace.compare(comparison, golden.expected());
  }

  /** Idle slots one by one, and each prefix of them in one step: both must give the same. */
  static void lazyCatchUp(GoldenCase golden, Comparison comparison) {
    double start = golden.number("mu");
    StepSize eta = new StepSize.Constant(golden.number("eta"));
    Trace slotBySlot = new Trace();
    Trace atOnce = new Trace();
    for (var entry : golden.expected().properties()) {
      String name = entry.getKey();
      MirrorMap map = DualParameters.map(name, golden.parameters());
      DualVariable eager = new DualVariable(map, eta, start);
      double sum = 0;
      double squares = 0;
      long slots = 0;
      for (JsonNode idle : golden.parameters().path("rho")) {
        double rho = idle.asDouble();
        eager.step(rho);
        slotBySlot.add(name, eager.multiplier());
        sum += rho;
        squares += rho * rho;
        slots++;
        DualVariable lazy = new DualVariable(map, eta, start);
        lazy.advance(sum, squares, slots, 0, Double.POSITIVE_INFINITY);
        atOnce.add(name, lazy.multiplier());
      }
    }
    slotBySlot.compare(comparison, golden.expected());
    atOnce.compare(comparison, golden.expected());
  }
}
