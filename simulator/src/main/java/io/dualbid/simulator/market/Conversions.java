package io.dualbid.simulator.market;

/**
 * How a win brings what it is worth: some wins bring it all, after a while, the others nothing.
 *
 * @param rate share of wins that convert, above 0, at most 1; each is worth value/rate then
 * @param meanDelay mean number of auctions from a win to its conversion, at least 0; exponential
 */
public record Conversions(double rate, double meanDelay) {
  private static final long DELAY = 1;

  public Conversions {
    if (!(rate > 0 && rate <= 1) || !(meanDelay >= 0) || Double.isInfinite(meanDelay)) {
      throw new IllegalArgumentException(
          "a rate in (0, 1] and a finite mean delay >= 0: " + rate + ", " + meanDelay);
    }
  }

  /** What a win of the auction with this index brings, if it is worth {@code value}. */
  double worth(Stream stream, long index, double value) {
    return stream.uniform(index) < rate ? value / rate : 0;
  }

  /** After how many auctions. */
  double delay(Stream stream, long index) {
    return -meanDelay * StrictMath.log(1 - stream.apart(DELAY).uniform(index));
  }
}
