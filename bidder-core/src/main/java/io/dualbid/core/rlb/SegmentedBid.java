package io.dualbid.core.rlb;

/**
 * RLB for many auctions by cutting them (Seg): the auctions left fall into segments of at most T,
 * each of which gets an equal part of the money there is when it begins and is played by the exact
 * policy. Money that a segment leaves over goes to those after it.
 *
 * <p>Plainer than {@link LongHorizonBid} and a little worse: it forgoes a good request late in a
 * segment though there is money for the next. Holds the money kept for later segments, so it is one
 * object for each campaign and not thread safe; no allocation.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017"
 */
public final class SegmentedBid {
  private final LongHorizonBid bids;
  private final int segment;
  private long segments;
  private long kept;

  /**
   * Before the first auction.
   *
   * @param segment T, from 1 to {@link LongHorizonBid#exactAuctions}
   */
  public SegmentedBid(LongHorizonBid bids, int segment) {
    if (segment < 1 || segment > bids.exactAuctions()) {
      throw new IllegalArgumentException(
          "a segment must have 1 to " + bids.exactAuctions() + " auctions: " + segment);
    }
    this.bids = bids;
    this.segment = segment;
  }

  /**
   * The bid.
   *
   * @param auctions auctions left with this one, at least 1; falls from call to call
   * @param left what is left of the whole budget, at least 0
   * @param clickRate θ of the request
   */
  public int bid(long auctions, long left, double clickRate) {
    long segmentsLeft = (auctions + segment - 1) / segment;
    if (segmentsLeft != segments) {
      segments = segmentsLeft;
      kept = left - left / segmentsLeft;
    }
    return bids.bid(auctions - (segmentsLeft - 1) * segment, Math.max(0, left - kept), clickRate);
  }
}
