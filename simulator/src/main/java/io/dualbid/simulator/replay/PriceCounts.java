package io.dualbid.simulator.replay;

/** How many bids, and how many prices of wins, lie in each step of price. */
public final class PriceCounts {
  private final PriceBins bins;
  private final long[] bids;
  private final long[] wins;

  PriceCounts(PriceBins bins) {
    this.bins = bins;
    this.bids = new long[bins.count() + 1];
    this.wins = new long[bins.count() + 1];
  }

  void bid(long amountNanos) {
    bids[bins.of(amountNanos)]++;
  }

  void won(long priceNanos) {
    wins[bins.of(priceNanos)]++;
  }

  /** The steps. */
  public PriceBins bins() {
    return bins;
  }

  /** Bids in a step, or, at {@link PriceBins#count}, above the last. */
  public long bids(int bin) {
    return bids[bin];
  }

  /** Wins whose price lies in a step, or above the last. */
  public long wins(int bin) {
    return wins[bin];
  }
}
