package io.dualbid.simulator.replay;

import io.dualbid.core.model.Multipliers;
import java.util.List;

/**
 * How one campaign fared in the course of a replay.
 *
 * @param samples evenly spaced, in the order of time; the last is the end
 * @param prices what its bids and wins were like
 */
public record Course(List<Sample> samples, PriceCounts prices) {
  /**
   * A moment.
   *
   * @param auctions auctions so far
   * @param planned what the plan meant to spend, in account currency
   * @param spend what wins cost, in account currency
   * @param value expected value of the wins, in account currency
   * @param multipliers the shadow prices, as last told
   * @param slack what wins earned towards the return on spend less what they cost, in account
   *     currency; 0 where none is kept
   * @param wins wins
   * @param clicks clicks on them
   */
  public record Sample(
      long auctions,
      double planned,
      double spend,
      double value,
      Multipliers multipliers,
      double slack,
      long wins,
      long clicks) {
    /** Value for each unit of spend so far; NaN before the first spend. */
    public double ros() {
      return spend > 0 ? value / spend : Double.NaN;
    }
  }

  public Course {
    samples = List.copyOf(samples);
  }
}
