package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Allocation logs in many files as one stream of arrivals. Arrivals with a time come in its order,
 * those of the same time in the order of the files; each file must be in the order of time itself.
 * Without times, one file comes after the other.
 *
 * <p>Memory: a buffer for each open file, whatever their size. Not thread safe.
 */
public final class AllocationStream implements Closeable {
  private static final Comparator<Source> BY_TIME =
      Comparator.<Source>comparingDouble(source -> source.row.time())
          .thenComparingInt(source -> source.number);

  private final List<Path> files;
  private final @Nullable SkippedRows skipped;
  private final Capacities capacities;
  private final PriorityQueue<Source> waiting = new PriorityQueue<>(BY_TIME);
  private final List<Source> open = new ArrayList<>();
  private final long bytes;
  private boolean begun;
  private boolean timed;
  private int opened;
  private long bytesOfClosed;
  private @Nullable Source current;

  /** One file with the arrival at which it stands. */
  private static final class Source {
    final int number;
    final Path file;
    final AllocationReader reader;
    final AllocationRow row = new AllocationRow();
    double time = Double.NEGATIVE_INFINITY;

    Source(int number, Path file, AllocationReader reader) {
      this.number = number;
      this.file = file;
      this.reader = reader;
    }
  }

  /**
   * Opens logs.
   *
   * @param files one or more
   * @param capacities receives those of the logs, which come before the arrivals of each
   * @param skipped takes lines that can't be read; null to stop at the first
   * @throws IOException if a file can't be read
   */
  public AllocationStream(List<Path> files, Capacities capacities, @Nullable SkippedRows skipped)
      throws IOException {
    this.files = List.copyOf(files);
    this.capacities = capacities;
    this.skipped = skipped;
    long size = 0;
    for (Path file : files) {
      size += Files.size(file);
    }
    bytes = size;
  }

  /**
   * Goes on to the next arrival.
   *
   * @return false at the end
   * @throws IOException if a file can't be read
   * @throws WrongLog if a line can't be, and lines are not skipped
   */
  public boolean next() throws IOException {
    Source source = current;
    current = null;
    if (source != null) {
      proceed(source);
    }
    // Arrivals without a time have none to be compared by: one file after the other.
    while (opened < files.size() && (opened == 0 || timed || waiting.isEmpty())) {
      Path file = files.get(opened);
      Source another = new Source(opened++, file, new AllocationReader(file, capacities));
      open.add(another);
      proceed(another);
    }
    current = waiting.poll();
    return current != null;
  }

  private void proceed(Source source) throws IOException {
    while (true) {
      try {
        if (!source.reader.next(source.row)) {
          open.remove(source);
          bytesOfClosed += Files.size(source.file);
          source.reader.close();
          return;
        }
        checkTime(source);
        waiting.add(source);
        return;
      } catch (UnreadableRow e) {
        skip(e);
      } catch (EOFException | ZipException e) {
        throw new WrongLog(
            source.file
                + ":"
                + (source.row.line() + 1)
                + ":1: found broken gzip ("
                + e.getMessage()
                + "); accepted: a whole file",
            e);
      }
    }
  }

  private void checkTime(Source source) throws UnreadableRow {
    boolean hasTime = !Double.isNaN(source.row.time());
    if (!begun) {
      begun = true;
      timed = hasTime;
    }
    int column = source.reader.position("t");
    if (timed != hasTime) {
      throw source.reader.unreadable(
          column,
          hasTime ? "a time 't'" : "no time 't'",
          hasTime ? "none, as in the first arrival" : "one, as in the first arrival");
    }
    if (hasTime) {
      if (source.row.time() < source.time) {
        throw source.reader.unreadable(
            column, "t " + source.row.time() + " after " + source.time, "arrivals in order of t");
      }
      source.time = source.row.time();
    }
  }

  private void skip(UnreadableRow wrong) throws IOException {
    if (skipped == null) {
      throw new WrongLog(String.valueOf(wrong.getMessage()), wrong);
    }
    skipped.add(wrong);
  }

  /** The arrival at which the stream stands; it changes with the next. */
  public AllocationRow row() {
    return standing().row;
  }

  /**
   * Puts the arrival at which the stream stands aside, for a reason that only its reader knows.
   *
   * @param key what it is about, to point at its first mention on the line
   * @throws WrongLog if lines are not skipped
   */
  public void reject(String key, String found, String accepted) throws IOException {
    AllocationReader reader = standing().reader;
    skip(reader.unreadable(reader.position(key), found, accepted));
  }

  private Source standing() {
    Source source = current;
    if (source == null) {
      throw new IllegalStateException("the stream stands at no arrival");
    }
    return source;
  }

  /** How many bytes of the files were read so far. */
  public long bytesRead() {
    return bytesOfClosed + open.stream().mapToLong(source -> source.reader.bytesRead()).sum();
  }

  /** How many bytes there are. */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    for (Source source : open) {
      source.reader.close();
    }
  }
}
