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
 * @param late what the ledgers say of values that come late
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
    long nanos,
    Late late) {
  /**
   * What the ledgers say in the end, of several campaigns the sums.
   *
   * @param realisedValue what wins have brought; 0 where the market doesn't tell
   * @param slack what wins were expected to earn towards the return less what they cost
   * @param realisedSlack what they have brought towards it less what they cost
   * @param calibration what predictions were multiplied by, of the first campaign
   */
  public record Late(
      double realisedValue, double slack, double realisedSlack, double calibration) {}

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

  /** What a unit of spend has brought; NaN without spend. */
  public double realisedRos() {
    return spend > 0 ? late.realisedValue() / spend : Double.NaN;
  }

  /** Auctions played in a second. */
  public double auctionsPerSecond() {
    return horizon / (Math.max(1, nanos) / 1e9);
  }
}
