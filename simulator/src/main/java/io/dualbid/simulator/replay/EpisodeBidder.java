package io.dualbid.simulator.replay;

/** A rule that bids in episodes, in whole units of the log. */
@FunctionalInterface
public interface EpisodeBidder {
  /**
   * The bid for one auction.
   *
   * @param auctionsLeft auctions left of the episode with this one, at least 1
   * @param budgetLeft what is left of the episode's budget, at least 0
   * @param clickRate predicted click rate of the request
   * @return at least 0
   */
  int bid(int auctionsLeft, int budgetLeft, double clickRate);

  /** An episode begins. */
  default void begin() {}

  /**
   * An auction is over; how much of this a rule looks at is its own affair.
   *
   * @param clickRate predicted click rate of the request
   * @param bid what was bid
   * @param price the market price
   */
  default void saw(double clickRate, int bid, int price) {}
}
