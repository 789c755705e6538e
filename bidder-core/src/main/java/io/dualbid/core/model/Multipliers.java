package io.dualbid.core.model;

/**
 * What the pacing side tells bidders of a campaign: the shadow prices of its constraints.
 *
 * @param budget the budget's multiplier μ, at least 0
 * @param ros the multiplier λ of the return on spend, at least 0; 0 where none is kept
 * @param participation share of the auctions to take part in, 0 to 1
 * @param calibration what to multiply predicted values by, above 0; 1 where nothing is known better
 * @param load what impressions that pay by the click were expected to be charged so far, clicked or
 *     not, as a share of the budget; at least 0, above 1 after bad luck
 */
public record Multipliers(
    double budget, double ros, double participation, double calibration, double load) {
  /** The same without impressions that pay by the click. */
  public Multipliers(double budget, double ros, double participation, double calibration) {
    this(budget, ros, participation, calibration, 0);
  }

  /** The same for predictions as they are. */
  public Multipliers(double budget, double ros, double participation) {
    this(budget, ros, participation, 1);
  }

  /** A budget's multiplier alone, in every auction. */
  public static Multipliers budget(double multiplier) {
    return new Multipliers(multiplier, 0, 1);
  }

  /** The same with another calibration. */
  public Multipliers calibratedBy(double factor) {
    return new Multipliers(budget, ros, participation, factor, load);
  }

  /** The same with another load. */
  public Multipliers loaded(double newLoad) {
    return new Multipliers(budget, ros, participation, calibration, newLoad);
  }
}
