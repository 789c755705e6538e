package io.dualbid.simulator.cli;

import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.PriceBins;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** How often the auctions of a tape go at which price. Thread safe. */
final class LogPrices {
  /** Steps reach up to the price below which so many percent of auctions go; few go far above. */
  private static final double PERCENT = 99;

  private static final int DIGITS = 3;

  private final AuctionTape tape;
  private @Nullable PriceBins bins;

  LogPrices(AuctionTape tape) {
    this.tape = tape;
  }

  /** Round steps of price that suit them; found in one pass. */
  synchronized PriceBins bins() {
    PriceBins known = bins;
    if (known == null) {
      Histogram prices = new Histogram(DIGITS);
      AuctionTape.Cursor cursor = tape.read();
      while (cursor.next()) {
        prices.recordValue(cursor.priceNanos());
      }
      known = PriceBins.upTo(prices.getValueAtPercentile(PERCENT));
      bins = known;
    }
    return known;
  }
}
