package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** One file of a stream, with the row at which it stands. */
final class LogSource implements Closeable {
  private final Path file;
  private final int number;
  private final RowReader reader;
  private final RowRules rules;
  private final @Nullable SkippedRows skipped;
  private final LogRow row = new LogRow();
  private final long bytes;
  private long timeMillis = LogRow.NO_TIME;

  /**
   * Opens a file.
   *
   * @param number its place among all files
   * @param skipped takes what can't be read; null to stop there
   */
  LogSource(
      Path file,
      int number,
      LogFormat format,
      boolean keepsTexts,
      RowRules rules,
      @Nullable SkippedRows skipped)
      throws IOException {
    this.file = file;
    this.number = number;
    this.rules = rules;
    this.skipped = skipped;
    this.bytes = Files.size(file);
    try {
      this.reader = format.open(file, keepsTexts);
    } catch (EOFException | ZipException e) {
      throw brokenGzip(1, e);
    }
  }

  private WrongLog brokenGzip(long line, IOException e) {
    return new WrongLog(
        file
            + ":"
            + line
            + ":1: found broken gzip ("
            + e.getMessage()
            + "); accepted: a whole file",
        e);
  }

  /** Goes on to the next row that can be read; false at the end. */
  boolean next() throws IOException {
    while (true) {
      try {
        if (!reader.next(row)) {
          return false;
        }
        check();
        return true;
      } catch (UnreadableRow e) {
        skip(e);
      } catch (EOFException | ZipException e) {
        throw brokenGzip(row.line + 1, e);
      }
    }
  }

  private void check() throws UnreadableRow {
    RowRules.Breach breach = rules.check(row);
    if (breach != null) {
      throw unreadable(breach.column(), breach.found(), breach.accepted());
    }
    if (row.timeMillis != LogRow.NO_TIME) {
      if (row.timeMillis < timeMillis) {
        throw unreadable(
            Column.TIMESTAMP,
            "timestamp " + row.timeMillis + " after " + timeMillis,
            "rows in the order of time");
      }
      timeMillis = row.timeMillis;
    }
  }

  UnreadableRow unreadable(Column column, String found, String accepted) {
    return new UnreadableRow(
        file, row.line, reader.position(column), found, accepted, reader.text());
  }

  /** Puts a row aside, or stops. */
  void skip(UnreadableRow wrong) throws IOException {
    if (skipped == null) {
      throw new WrongLog(String.valueOf(wrong.getMessage()), wrong);
    }
    skipped.add(wrong);
  }

  LogRow row() {
    return row;
  }

  int number() {
    return number;
  }

  long bytesRead() {
    return Math.min(bytes, reader.bytesRead());
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
