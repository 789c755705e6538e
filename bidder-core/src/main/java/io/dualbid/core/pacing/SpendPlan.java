package io.dualbid.core.pacing;

import io.dualbid.core.model.Plan;
import java.time.ZoneId;

/**
 * How planned spend is spread over time: the share of what is left now that is meant for the next
 * moment.
 *
 * <p>Asking for a share of what is left, not of the whole, makes every plan self-correcting: what
 * was not spent is planned anew over the time that remains, and a top-up, a cut or another end of
 * the flight need no special case.
 */
public sealed interface SpendPlan permits EvenPlan, TrafficPlan, FrontLoadedPlan, AsapPlan {
  /**
   * The share of the spend of [from, end) that falls into [from, to).
   *
   * @param from start of the moment, in ms since the epoch
   * @param to its end; at least {@code from}
   * @param end end of the time over which the money is to last; at least {@code to}
   * @return 0 to 1; 1 where {@code to} equals {@code end}
   */
  double share(long from, long to, long end);

  /** The plan that a campaign asks for, with hours in {@code zone}. */
  static SpendPlan of(Plan plan, ZoneId zone) {
    return switch (plan.shape()) {
      case EVEN -> new EvenPlan();
      case TRAFFIC -> new TrafficPlan(plan.weeklyProfile(), zone);
      case FRONT_LOADED -> new FrontLoadedPlan();
      case ASAP -> new AsapPlan();
    };
  }
}
