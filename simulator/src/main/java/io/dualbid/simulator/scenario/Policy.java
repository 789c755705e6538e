package io.dualbid.simulator.scenario;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.simulator.market.Market;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way to bid, to be compared with others.
 *
 * @param name how it was written, and is told
 * @param method how multipliers move
 * @param constraint what they keep
 * @param strict whether a return is kept at every moment
 * @param mirror the mirror map of the budget's multiplier
 * @param steps how far its steps go
 * @param start its start; null for the scenario's
 * @param startsFromHindsight whether it starts from the shadow price of the optimum instead
 * @param returnStep numerator of the step size for a return on spend; null for the engine's
 * @param shape how spend is spread over time
 * @param auction what winners are taken to pay
 * @param calibrated whether late values correct predictions
 * @param linearPrice what it bids in proportion to, of those that do; else null
 */
public record Policy(
    String name,
    Method method,
    Constraint constraint,
    boolean strict,
    Mirror mirror,
    Steps steps,
    @Nullable Double start,
    boolean startsFromHindsight,
    @Nullable Double returnStep,
    Plan.Shape shape,
    AuctionType auction,
    boolean calibrated,
    @Nullable LinearPrice linearPrice) {

  /** Whether a return on spend is kept. */
  public boolean keepsRos() {
    return constraint != Constraint.BUDGET;
  }

  /**
   * What the engine is told where nothing else is known.
   *
   * @param targetRos value that a unit of spend must return, where a return is kept
   * @param horizon length of the stream
   * @param first the budget's multiplier before any feedback
   */
  public Strategy strategy(Objective objective, double targetRos, long horizon, double first) {
    return new Strategy(
        objective,
        constraint,
        keepsRos() ? targetRos : 1,
        strict,
        method,
        mirror,
        steps.on(horizon),
        first,
        auction,
        Attribution.NONE,
        linearPrice);
  }

  /** Its plan in a market. */
  Plan plan(Market market) {
    return shape == Plan.Shape.TRAFFIC ? market.trafficPlan() : new Plan(shape, List.of());
  }

  /**
   * What the engine is told.
   *
   * @param horizon length of the stream
   * @param hindsight the best multiplier in hindsight
   */
  Strategy strategy(Advertisers advertisers, long horizon, double hindsight) {
    Double own = start;
    double first =
        startsFromHindsight ? hindsight : own == null ? advertisers.startMultiplier() : own;
    return strategy(advertisers.objective(), advertisers.targetRos(), horizon, first);
  }
}
