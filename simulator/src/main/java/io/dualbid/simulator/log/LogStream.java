package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Many files as one stream of rows. Rows with a time come in its order, those of the same time in
 * the order of the files; each file must be in the order of time itself. Without times, one file
 * comes after the other.
 *
 * <p>Memory: a buffer for each open file, whatever their size. O(log files) for each row. Not
 * thread safe.
 */
public final class LogStream implements Closeable {
  private static final Comparator<LogSource> BY_TIME =
      Comparator.<LogSource>comparingLong(source -> source.row().timeMillis)
          .thenComparingInt(LogSource::number);

  private final List<Path> files;
  private final LogFormat[] formats;
  private final boolean keepsTexts;
  private final @Nullable SkippedRows skipped;
  private final RowRules rules = new RowRules();
  private final PriorityQueue<LogSource> waiting = new PriorityQueue<>(BY_TIME);
  private final List<LogSource> open = new ArrayList<>();
  private final long bytes;
  private int opened;
  private long bytesOfClosed;
  private @Nullable LogSource current;

  /**
   * Opens files.
   *
   * @param files one or more
   * @param format the format of all of them; null for what their names tell
   * @param keepsTexts whether request ids and attributes are wanted
   * @param skipped takes rows that can't be read; null to stop at the first
   * @throws IOException if a file can't be read
   * @throws WrongLog if a file holds something else
   */
  public LogStream(
      List<Path> files,
      @Nullable LogFormat format,
      boolean keepsTexts,
      @Nullable SkippedRows skipped)
      throws IOException {
    this.files = List.copyOf(files);
    this.keepsTexts = keepsTexts;
    this.skipped = skipped;
    formats = new LogFormat[files.size()];
    long size = 0;
    for (int i = 0; i < formats.length; i++) {
      Path file = files.get(i);
      formats[i] = format == null ? LogFormat.of(file) : format;
      if (formats[i].priceUnitNanos() != formats[0].priceUnitNanos()) {
        throw new WrongLog(
            file + ": found prices of another unit than in " + files.get(0) + "; accepted: one");
      }
      size += Files.size(file);
    }
    bytes = size;
  }

  /**
   * Goes on to the next row.
   *
   * @return false at the end
   * @throws IOException if a file can't be read
   * @throws WrongLog if a row can't be, and rows are not skipped
   */
  public boolean next() throws IOException {
    LogSource source = current;
    current = null;
    if (source != null && proceeds(source)) {
      waiting.add(source);
    }
    // Rows without a time have none to be compared by: one file after the other.
    while (opened < formats.length && (opened == 0 || rules.timed() || waiting.isEmpty())) {
      LogSource another =
          new LogSource(files.get(opened), opened, formats[opened], keepsTexts, rules, skipped);
      opened++;
      open.add(another);
      if (proceeds(another)) {
        waiting.add(another);
      }
    }
    current = waiting.poll();
    return current != null;
  }

  private boolean proceeds(LogSource source) throws IOException {
    if (source.next()) {
      return true;
    }
    open.remove(source);
    bytesOfClosed += source.bytes();
    source.close();
    return false;
  }

  /** The row at which the stream stands; it changes with the next. */
  public LogRow row() {
    return standing().row();
  }

  /**
   * Puts the row at which the stream stands aside, for a reason that only its reader knows.
   *
   * @throws WrongLog if rows are not skipped
   */
  public void reject(Column column, String found, String accepted) throws IOException {
    LogSource source = standing();
    source.skip(source.unreadable(column, found, accepted));
  }

  private LogSource standing() {
    LogSource source = current;
    if (source == null) {
      throw new IllegalStateException("the stream stands at no row");
    }
    return source;
  }

  /** Whether the rows so far have times. */
  public boolean timed() {
    return rules.timed();
  }

  /** Whether the rows so far have expected values; else they have click rates. */
  public boolean valued() {
    return rules.valued();
  }

  /** What one unit of a price costs for one impression. */
  public long priceUnitNanos() {
    return formats[0].priceUnitNanos();
  }

  /** How many bytes were read so far. */
  public long bytesRead() {
    long sum = bytesOfClosed;
    for (LogSource source : open) {
      sum += source.bytesRead();
    }
    return sum;
  }

  /** How many bytes there are. */
  public long bytes() {
    return bytes;
  }

  /**
   * Whether a file is a log of allocations and not of auctions.
   *
   * @param lines whether it is known to be of JSON lines; else its name tells
   * @throws IOException if it can't be read
   */
  public static boolean isAllocationLog(Path file, boolean lines) throws IOException {
    String name = file.toString();
    return (lines || name.endsWith(".jsonl") || name.endsWith(".jsonl.gz"))
        && JsonLinesReader.isAllocationLog(file);
  }

  @Override
  public void close() throws IOException {
    for (LogSource source : open) {
      source.close();
    }
    open.clear();
  }
}
