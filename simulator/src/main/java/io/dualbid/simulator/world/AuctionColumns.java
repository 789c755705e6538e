package io.dualbid.simulator.world;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.log.AuctionTape;
import java.util.Arrays;

/**
 * The auctions of logs as columns, in the order of time: what optima with hindsight are computed
 * from, where a request for each row would only cost time.
 */
public final class AuctionColumns {
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  private final double[] price;
  private final double[] clickRate;
  private final boolean[] clicked;

  private AuctionColumns(double[] price, double[] clickRate, boolean[] clicked) {
    this.price = price;
    this.clickRate = clickRate;
    this.clicked = clicked;
  }

  /**
   * The auctions of a log, all in memory.
   *
   * @throws IllegalArgumentException if they are more than an array holds
   */
  public static AuctionColumns of(AuctionTape tape) {
    if (tape.rows() > LONGEST) {
      throw new IllegalArgumentException(
          "found " + tape.rows() + " rows; accepted: " + LONGEST + " in memory");
    }
    int rows = (int) tape.rows();
    AuctionColumns columns =
        new AuctionColumns(new double[rows], new double[rows], new boolean[rows]);
    AuctionTape.Cursor cursor = tape.read();
    for (int i = 0; cursor.next(); i++) {
      columns.price[i] = Money.units(cursor.priceNanos());
      columns.clickRate[i] = cursor.worth();
      columns.clicked[i] = cursor.clicked();
    }
    return columns;
  }

  /** A part of them, from one row to another, both included and counted from 1. */
  public AuctionColumns part(long first, long last) {
    return new AuctionColumns(
        Arrays.copyOfRange(price, (int) first - 1, (int) last),
        Arrays.copyOfRange(clickRate, (int) first - 1, (int) last),
        Arrays.copyOfRange(clicked, (int) first - 1, (int) last));
  }

  /** Number of auctions. */
  public int rows() {
    return price.length;
  }

  /** Highest competing bid of each, in account currency (for iPinYou in price units); a copy. */
  public double[] prices() {
    return price.clone();
  }

  /** Predicted click rate of each, or expected value where the log has those; a copy. */
  public double[] clickRates() {
    return clickRate.clone();
  }

  /** Whether a win of each would be clicked; a copy. */
  public boolean[] clicks() {
    return clicked.clone();
  }

  /** Mean of the prices. */
  public double meanPrice() {
    double sum = 0;
    for (double one : price) {
      sum += one;
    }
    return sum / price.length;
  }
}
