package io.dualbid.core.placement;

/** Which rule serves a cascade reader. To be chosen without looking at bids. */
public enum CascadeMethod {
  /** The exact optimum where it is affordable, else the rule with the better guarantee. */
  BY_SIZE,
  /** The exact optimum; refused where it is not affordable. */
  OPTIMUM,
  /** The lottery, worth at least half of the optimum. */
  LOTTERY
}
