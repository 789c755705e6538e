package io.dualbid.simulator.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a log holds as a whole.
 *
 * @param rows number of auctions
 * @param meanPrice mean price in the log's units
 * @param meanClickRate mean of the predicted click rates
 */
public record IpinyouLog(long rows, double meanPrice, double meanClickRate) {
  /**
   * Reads a log through.
   *
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if a row can't be; the message names file and line
   */
  public static IpinyouLog read(Path file) throws IOException {
    long rows = 0;
    double prices = 0;
    double clickRates = 0;
    try (IpinyouWorld world = new IpinyouWorld(file, 0, 1, Long.MAX_VALUE)) {
      for (Opportunity next = world.next(); next != null; next = world.next()) {
        Auction auction = next.auctions().get(0);
        rows++;
        prices += auction.priceNanos() / 1e9;
        clickRates += auction.clickRate();
      }
    } catch (UncheckedIOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (rows == 0) {
      throw new IllegalArgumentException(file + ":1:1: found no row; accepted: click price pctr");
    }
    return new IpinyouLog(rows, prices / rows, clickRates / rows);
  }
}
