package io.dualbid.simulator.simulation;

import java.util.List;

/**
 * The course of one policy on one stream, sampled evenly; of several campaigns the first.
 *
 * @param policy its name
 * @param samples in the order of time
 */
public record Trace(String policy, List<Sample> samples) {
  /** Most samples. */
  static final int SAMPLES = 250;

  /**
   * A moment.
   *
   * @param auctions auctions played
   * @param spent spend so far, in account currency
   * @param planned what the plan would have spent
   * @param budgetMultiplier the budget's multiplier
   * @param rosMultiplier the multiplier of the return on spend; 0 where none is kept
   */
  public record Sample(
      int auctions, double spent, double planned, double budgetMultiplier, double rosMultiplier) {}

  public Trace {
    samples = List.copyOf(samples);
  }
}
