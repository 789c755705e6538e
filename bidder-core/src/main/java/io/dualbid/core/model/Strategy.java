package io.dualbid.core.model;

import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign bids: what it maximises, under which constraints, by which method.
 *
 * <p>Whatever is chosen, the budget is a hard cap; the constraint says only what multipliers steer
 * by.
 *
 * @param objective what it maximises
 * @param constraint what its multipliers keep
 * @param targetRos value that a unit of spend must return, τ, above 0; 1 where no return is kept
 * @param strict whether the return is kept at every moment, not only in the end
 * @param method how multipliers move
 * @param mirror the mirror map of the budget's multiplier
 * @param step how far a step of the budget's multiplier goes
 * @param startMultiplier the budget's multiplier before any feedback, at least 0
 * @param auction what the winner of an auction is taken to pay
 * @param attribution how late values correct predictions
 * @param linearPrice the price that bids are proportional to, of the methods that have one; else
 *     null
 */
public record Strategy(
    Objective objective,
    Constraint constraint,
    double targetRos,
    boolean strict,
    Method method,
    Mirror mirror,
    Step step,
    double startMultiplier,
    AuctionType auction,
    Attribution attribution,
    @Nullable LinearPrice linearPrice) {

  /** What the multipliers keep. */
  public enum Constraint {
    /** The budget lasts for the flight. */
    BUDGET,
    /** Value is at least the target times spend. */
    ROS,
    /** Both. */
    BOTH
  }

  /** How multipliers move. */
  public enum Method {
    /** Dual mirror descent; both constraints in one bid, which is optimal. */
    DUAL,
    /** Each constraint by itself, the lower bid counts. */
    MIN,
    /** Each constraint by itself, the factors multiplied; for comparison. */
    SEQUENTIAL,
    /** A PID controller on the spend. */
    PID,
    /** Bids its value in a share of the auctions. */
    THROTTLING,
    /** Spend of each window compared with what is left. */
    SMOOTHING,
    /** The start multiplier for good. */
    FIXED,
    /** In proportion to the click rate, as on training auctions; whatever a click is worth. */
    LIN,
    /** What a click cost on training auctions, times the click rate. */
    MCPC;

    /** Whether it knows a budget only. */
    public boolean isForBudgetAlone() {
      return switch (this) {
        case DUAL, MIN, SEQUENTIAL -> false;
        case PID, THROTTLING, SMOOTHING, FIXED, LIN, MCPC -> true;
      };
    }

    /** Whether its bids are proportional to the click rate, by a price of their own. */
    public boolean isLinear() {
      return this == LIN || this == MCPC;
    }
  }

  /**
   * What an impression of some click rate costs; bids are proportional.
   *
   * @param price the bid at that click rate, in account currency, above 0
   * @param clickRate the click rate, above 0, at most 1; 1 where the price is that of a click
   */
  public record LinearPrice(double price, double clickRate) {
    public LinearPrice {
      if (!(price > 0) || Double.isInfinite(price) || !(clickRate > 0 && clickRate <= 1)) {
        throw new IllegalArgumentException(
            "a finite price > 0 and a click rate in (0, 1]: " + price + ", " + clickRate);
      }
    }
  }

  /** What the winner of an auction is taken to pay. */
  public enum AuctionType {
    /** As the request says. */
    AS_REQUESTED,
    /** The highest competing bid. */
    SECOND_PRICE,
    /** Its own bid. */
    FIRST_PRICE
  }

  /**
   * How far steps go.
   *
   * @param kind the schedule
   * @param size its numerator, above 0; {@link #DEFAULT_SIZE} for the engine's
   */
  public record Step(Kind kind, double size) {
    /** The engine's numerator of the adaptive step size. */
    public static final double DEFAULT_SIZE = 0;

    /** Adaptive, with the engine's numerator. */
    public static final Step DEFAULT = new Step(Kind.ADAPTIVE, DEFAULT_SIZE);

    /** The schedule. */
    public enum Kind {
      /** c / sqrt(1 + sum of squared gradients). */
      ADAPTIVE,
      /** c. */
      CONSTANT,
      /** c / sqrt(t). */
      INVERSE_ROOT
    }

    public Step {
      if (!(size >= 0)
          || Double.isInfinite(size)
          || (size == DEFAULT_SIZE && kind != Kind.ADAPTIVE)) {
        throw new IllegalArgumentException(
            "a step needs a finite size > 0; only the adaptive one has a default: " + size);
      }
    }
  }

  public Strategy {
    if (!(targetRos > 0) || Double.isInfinite(targetRos)) {
      throw new IllegalArgumentException("targetRos must be > 0 and finite: " + targetRos);
    }
    if (strict && constraint == Constraint.BUDGET) {
      throw new IllegalArgumentException("strict needs a return on spend to keep");
    }
    boolean zeroAllowed = objective == Objective.PROFIT && mirror != Mirror.ENTROPY;
    if (!(startMultiplier >= 0)
        || Double.isInfinite(startMultiplier)
        || (startMultiplier == 0 && !zeroAllowed)) {
      throw new IllegalArgumentException(
          "startMultiplier must be > 0 (0 only for profit without the entropy map): "
              + startMultiplier);
    }
    if ((method == Method.MIN || method == Method.SEQUENTIAL) && constraint != Constraint.BOTH) {
      throw new IllegalArgumentException(method + " combines both constraints: " + constraint);
    }
    if (method.isForBudgetAlone() && constraint != Constraint.BUDGET) {
      throw new IllegalArgumentException(method + " keeps the budget alone: " + constraint);
    }
    if (method.isLinear() != (linearPrice != null)) {
      throw new IllegalArgumentException(
          "lin and mcpc need a price to be linear in, the others none: " + method);
    }
    if (attribution.calibrated() && constraint == Constraint.BUDGET) {
      throw new IllegalArgumentException("a calibration needs a return on spend to keep");
    }
  }

  /** A strategy that takes predictions as they are, by a method without a price of its own. */
  public Strategy(
      Objective objective,
      Constraint constraint,
      double targetRos,
      boolean strict,
      Method method,
      Mirror mirror,
      Step step,
      double startMultiplier,
      AuctionType auction) {
    this(
        objective,
        constraint,
        targetRos,
        strict,
        method,
        mirror,
        step,
        startMultiplier,
        auction,
        Attribution.NONE,
        null);
  }

  /** Dual mirror descent on the budget, with the defaults. */
  public static Strategy budget(Objective objective, Mirror mirror, double startMultiplier) {
    return new Strategy(
        objective,
        Constraint.BUDGET,
        1,
        false,
        Method.DUAL,
        mirror,
        Step.DEFAULT,
        startMultiplier,
        AuctionType.AS_REQUESTED);
  }

  /** The most value for a budget, by entropy: what is used where nothing is said. */
  public static Strategy value(double startMultiplier) {
    return budget(Objective.VALUE, Mirror.ENTROPY, startMultiplier);
  }

  /** Whether a return on spend is kept. */
  public boolean keepsRos() {
    return constraint != Constraint.BUDGET;
  }

  /** Whether the budget is paced, beyond being a cap. */
  public boolean pacesBudget() {
    return constraint != Constraint.ROS;
  }

  /**
   * The multiplier λ of the return on spend before any feedback; 0 where none is kept. The
   * published start is 1. Where the budget alone is expected to hold bids at or below what they
   * earn, the return takes care of itself, and a smaller λ leaves the bid to the budget.
   */
  public double startReturnMultiplier() {
    if (!keepsRos()) {
      return 0;
    }
    boolean budgetBinds = pacesBudget() && method == Method.DUAL && startMultiplier > 1;
    return budgetBinds ? 0.3 : 1;
  }

  /** The same under another constraint. */
  public Strategy keeping(Constraint newConstraint, double newTargetRos, boolean newStrict) {
    return new Strategy(
        objective,
        newConstraint,
        newTargetRos,
        newStrict,
        method,
        mirror,
        step,
        startMultiplier,
        auction,
        attribution,
        linearPrice);
  }

  /** The same by another method. */
  public Strategy by(Method newMethod) {
    return new Strategy(
        objective,
        constraint,
        targetRos,
        strict,
        newMethod,
        mirror,
        step,
        startMultiplier,
        auction,
        attribution,
        linearPrice);
  }

  /** The same with other steps. */
  public Strategy stepping(Step newStep) {
    return new Strategy(
        objective,
        constraint,
        targetRos,
        strict,
        method,
        mirror,
        newStep,
        startMultiplier,
        auction,
        attribution,
        linearPrice);
  }

  /** The same for another kind of auction. */
  public Strategy in(AuctionType newAuction) {
    return new Strategy(
        objective,
        constraint,
        targetRos,
        strict,
        method,
        mirror,
        step,
        startMultiplier,
        newAuction,
        attribution,
        linearPrice);
  }

  /** The same with another attribution. */
  public Strategy attributing(Attribution newAttribution) {
    return new Strategy(
        objective,
        constraint,
        targetRos,
        strict,
        method,
        mirror,
        step,
        startMultiplier,
        auction,
        newAttribution,
        linearPrice);
  }

  /** The same, bidding in proportion to the click rate, by {@link Method#LIN} or its sibling. */
  public Strategy linear(Method newMethod, LinearPrice newPrice) {
    return new Strategy(
        objective,
        constraint,
        targetRos,
        strict,
        newMethod,
        mirror,
        step,
        startMultiplier,
        auction,
        attribution,
        newPrice);
  }
}
