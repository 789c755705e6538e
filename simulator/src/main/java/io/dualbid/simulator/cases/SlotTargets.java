package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Plan;
import io.dualbid.core.pacing.SpendPlan;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a case plans to spend in each slot, by the core's own plans of spend.
 *
 * <p>A plan knows time, a case knows slots. Slots that weigh the same are equal moments of an even
 * plan. Weights of up to a week are hours of a {@linkplain Plan.Shape#TRAFFIC traffic profile};
 * more of them are an even plan on a clock that counts traffic instead of time, which is the same
 * plan.
 */
final class SlotTargets {
  private static final long HOUR = 3_600_000L;

  /** A Monday, 0 h, where a weekly profile begins. */
  private static final long MONDAY = 4 * 24 * HOUR;

  /** Ticks of a clock of traffic: as many as a double can count. */
  private static final double TICKS = 0x1p52;

  private final SpendPlan plan;

  /** Where slot t begins; one entry more for the end. */
  private final long[] start;

  private SlotTargets(SpendPlan plan, long[] start) {
    this.plan = plan;
    this.start = start;
  }

  /** The slots of a case, by its weights where it has some. */
  static SlotTargets of(GoldenCase golden) {
    int slots = (int) golden.number("T");
    JsonNode weights = golden.parameters().path("weights");
    if (!weights.isArray()) {
      return new SlotTargets(SpendPlan.of(Plan.EVEN, ZoneOffset.UTC), hours(slots));
    }
    double[] weight = DualParameters.numbers(weights);
    if (weight.length != slots) {
      throw new CaseMismatch("found " + weight.length + " weights for " + slots + " slots");
    }
    if (slots > Plan.HOURS_PER_WEEK) {
      return new SlotTargets(SpendPlan.of(Plan.EVEN, ZoneOffset.UTC), traffic(weight));
    }
    List<Double> week = new ArrayList<>(Collections.nCopies(Plan.HOURS_PER_WEEK, 0.0));
    for (int t = 0; t < slots; t++) {
      week.set(t, weight[t]);
    }
    Plan traffic = new Plan(Plan.Shape.TRAFFIC, week);
    return new SlotTargets(SpendPlan.of(traffic, ZoneOffset.UTC), hours(slots));
  }

  /** The share of slot {@code t} in what all slots spend; 0 after the last. */
  double ofAll(int t) {
    if (t >= slots()) {
      return 0;
    }
    long end = start[slots()];
    double before = t == 0 ? 0 : plan.share(start[0], start[t], end);
    return plan.share(start[0], start[t + 1], end) - before;
  }

  /** The share of slot {@code t} in what it and all later slots spend; 0 after the last. */
  double ofRest(int t) {
    return t >= slots() ? 0 : plan.share(start[t], start[t + 1], start[slots()]);
  }

  int slots() {
    return start.length - 1;
  }

  private static long[] hours(int slots) {
    long[] start = new long[slots + 1];
    for (int t = 0; t <= slots; t++) {
      start[t] = MONDAY + t * HOUR;
    }
    return start;
  }

  private static long[] traffic(double[] weight) {
    double all = 0;
    for (double w : weight) {
      all += w;
    }
    long[] start = new long[weight.length + 1];
    double sum = 0;
    for (int t = 0; t < weight.length; t++) {
      sum += weight[t];
      start[t + 1] = Math.round(TICKS * (sum / all));
    }
    return start;
  }
}
