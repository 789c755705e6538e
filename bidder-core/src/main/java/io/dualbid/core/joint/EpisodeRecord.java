package io.dualbid.core.joint;

import java.util.Arrays;

/**
 * The auctions of one episode as the bidder saw them: each request's click rate, and its price or
 * that it was above the bid.
 *
 * <p>A price that is only known to be above the bid is spread over the dearer prices as in
 * training. Not thread safe.
 */
final class EpisodeRecord {
  private double[] clickRate = new double[1_024];
  private int[] price = new int[1_024];
  private int auctions;

  /** Takes what is known of an auction. */
  interface Visitor {
    void auction(int price, double clickRate, double weight);
  }

  /** An auction whose price is known. */
  void priced(double rate, int marketPrice) {
    add(rate, marketPrice);
  }

  /** An auction whose price was above {@code bid}. */
  void lost(double rate, int bid) {
    add(rate, -1 - bid);
  }

  private void add(double rate, int code) {
    if (auctions == price.length) {
      clickRate = Arrays.copyOf(clickRate, 2 * auctions);
      price = Arrays.copyOf(price, 2 * auctions);
    }
    clickRate[auctions] = rate;
    price[auctions++] = code;
  }

  /** Number of auctions. */
  int size() {
    return auctions;
  }

  /**
   * Visits every auction, those without a price once for each price it may have had.
   *
   * @param training auctions of training at each price from 0
   */
  void visit(long[] training, Visitor visitor) {
    double[] above = new double[training.length + 1];
    for (int p = training.length - 1; p >= 0; p--) {
      // One auction more at each price, so that there is always something above a bid.
      above[p] = above[p + 1] + training[p] + 1;
    }
    for (int i = 0; i < auctions; i++) {
      int first = price[i] >= 0 ? price[i] : -price[i];
      if (price[i] >= 0 || first >= training.length) {
        visitor.auction(first, clickRate[i], 1);
      } else {
        for (int p = first; p < training.length; p++) {
          visitor.auction(p, clickRate[i], (training[p] + 1) / above[first]);
        }
      }
    }
  }
}
