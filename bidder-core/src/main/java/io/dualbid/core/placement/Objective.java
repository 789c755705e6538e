package io.dualbid.core.placement;

/** What an auction maximises. */
public enum Objective {
  /** Expected value to advertisers, as bid. */
  WELFARE,
  /** Expected payments, given the laws of the advertisers' values. */
  REVENUE
}
