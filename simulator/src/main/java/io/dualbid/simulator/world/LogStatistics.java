package io.dualbid.simulator.world;

import io.dualbid.simulator.log.Column;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.log.SkippedRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a log with click rates holds as a whole.
 *
 * @param rows number of auctions
 * @param meanPrice mean price, in the unit of the log's prices
 * @param meanClickRate mean of the predicted click rates
 * @param priceUnitNanos what one unit of a price costs for one impression
 * @param skippedRows how many rows can't be read
 */
public record LogStatistics(
    long rows, double meanPrice, double meanClickRate, long priceUnitNanos, long skippedRows) {
  /**
   * Reads a log through.
   *
   * @param format null for what the names of the files tell
   * @param skipped takes rows that can't be read; null to stop at the first
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if a row can't be; the message names file, line and column
   */
  public static LogStatistics read(
      List<Path> files, @Nullable LogFormat format, @Nullable SkippedRows skipped)
      throws IOException {
    try (LogStream stream = new LogStream(files, format, false, skipped)) {
      double unit = stream.priceUnitNanos();
      long rows = 0;
      double prices = 0;
      double clickRates = 0;
      while (stream.next()) {
        if (stream.valued()) {
          stream.reject(Column.VALUE, "a value", LogWorld.ACCEPTED);
          continue;
        }
        rows++;
        prices += stream.row().priceNanos() / unit;
        clickRates += stream.row().clickRate();
      }
      if (rows == 0) {
        throw new IllegalArgumentException(
            files.get(0) + ":1:1: found no row; accepted: one auction a row");
      }
      return new LogStatistics(
          rows,
          prices / rows,
          clickRates / rows,
          stream.priceUnitNanos(),
          skipped == null ? 0 : skipped.count());
    }
  }
}
