package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.IOException;

/** The rows of one file, in their order. Not thread safe. */
interface RowReader extends Closeable {
  /**
   * Reads the next row into {@code row}.
   *
   * @return false at the end
   * @throws UnreadableRow if this row can't be read; the next one may be
   * @throws IOException if the file can't be
   * @throws WrongLog if the file holds something else
   */
  boolean next(LogRow row) throws IOException, UnreadableRow;

  /** The text of the row that was read last. */
  String text();

  /** Where a column of that row stands: the character on its line, or 1 where that is not known. */
  default int position(Column column) {
    return 1;
  }

  /** How many bytes of the file were read so far. */
  long bytesRead();
}
