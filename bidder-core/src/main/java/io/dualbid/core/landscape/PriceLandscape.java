package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How likely a bid is to win: F(b), the probability that the highest competing bid is at most b.
 * Where the winner pays the bid, it decides how far below one's value to bid.
 *
 * <p>One question serves every objective, since a multiplier only rescales the value:
 *
 * <pre>
 *   utility         (v - (1+μ)·b)·F(b)              bestBid(v / (1 + μ))
 *   value           (v - μ·b)·F(b)                  bestBid(v / μ)
 *   with a target   ((1+λ)·w - (λ+μ)·b)·F(b)        bestBid((1 + λ)/(λ + μ)·w)
 * </pre>
 *
 * <p>that is, {@code bestBid} of the bid of a truthful auction. Immutable; asking allocates
 * nothing, and the answer is never NaN, whatever is asked.
 *
 * @see "Wang, Yang, Deng, Kong: Learning to Bid in Repeated First-Price Auctions with Budgets, ICML
 *     2023"
 */
public sealed interface PriceLandscape permits StepLandscape, LogNormalLandscape {
  /** The answer where nothing is worth bidding: a bid of zero is no bid. */
  double NO_BID = 0;

  /**
   * F(bid), 0 to 1, non-decreasing; 0 below zero and for NaN.
   *
   * @param bid in account currency
   */
  double winProbability(double bid);

  /**
   * The smallest maximiser of (value - b)·F(b) over b ≥ floor.
   *
   * <p>Never above the value. Caps (highest bid, lease, what is left) are the caller's, who may
   * lower the answer.
   *
   * @param value worth of a win in units of money, any double; infinity counts as the greatest
   *     double
   * @param floor the lowest bid that the exchange takes; 0 or less for none
   * @return {@link #NO_BID} where the maximum is 0 or less
   */
  double bestBid(double value, double floor);

  /** The best bid where there is no floor. */
  default double bestBid(double value) {
    return bestBid(value, 0);
  }

  /** b·F(b), what a bid is expected to cost: the calm gradient of the budget's multiplier. */
  default double expectedCost(double bid) {
    return bid > 0 ? bid * winProbability(bid) : 0;
  }

  /** Writes this in a versioned form. */
  void write(DataOutput out) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if this is no landscape of a known version
   */
  static PriceLandscape read(DataInput in) throws IOException {
    int form = in.readByte();
    return switch (form) {
      case StepLandscape.FORM -> StepLandscape.readBody(in);
      case LogNormalLandscape.FORM -> LogNormalLandscape.readBody(in);
      default -> throw new IOException("found a landscape of form " + form + "; accepted: 1, 2");
    };
  }
}
