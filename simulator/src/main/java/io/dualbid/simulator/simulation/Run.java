package io.dualbid.simulator.simulation;

/**
 * What came of one policy on one stream; of several campaigns the sums.
 *
 * @param policy its name
 * @param horizon auctions of the stream
 * @param seed the stream's
 * @param bids bids made
 * @param wins wins
 * @param value true value of the wins, in account currency
 * @param gain what is maximised: the value, or for profit the value less the spend
 * @param spend what the wins cost
 * @param budget the money there was
 * @param violation by how much spend exceeded value / target in the end, at least 0; 0 where no
 *     return is kept
 * @param lowestSlack the least that value / target was ahead of spend at any moment, at most 0; 0
 *     where no return is kept
 * @param hindsight the greatest gain under the policy's constraints
 * @param nanos time that playing took
 */
public record Run(
    String policy,
    int horizon,
    long seed,
    long bids,
    long wins,
    double value,
    double gain,
    double spend,
    double budget,
    double violation,
    double lowestSlack,
    double hindsight,
    long nanos) {
  /** How much of the optimum is missing; less than 0 where a return was not kept. */
  public double regret() {
    return hindsight - gain;
  }

  /** Share of the optimum; 1 where that is 0. */
  public double ratio() {
    return hindsight == 0 ? 1 : gain / hindsight;
  }

  /** Value for a unit of spend; NaN without spend. */
  public double ros() {
    return spend > 0 ? value / spend : Double.NaN;
  }

  /** Auctions played in a second. */
  public double auctionsPerSecond() {
    return horizon / (Math.max(1, nanos) / 1e9);
  }
}
