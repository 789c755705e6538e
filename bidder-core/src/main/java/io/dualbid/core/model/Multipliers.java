package io.dualbid.core.model;

/**
 * What the pacing side tells bidders of a campaign: the shadow prices of its constraints.
 *
 * @param budget the budget's multiplier μ, at least 0
 * @param ros the multiplier λ of the return on spend, at least 0; 0 where none is kept
 * @param participation share of the auctions to take part in, 0 to 1
 */
public record Multipliers(double budget, double ros, double participation) {
  /** A budget's multiplier alone, in every auction. */
  public static Multipliers budget(double multiplier) {
    return new Multipliers(multiplier, 0, 1);
  }
}
