package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file with their numbers; they end with a line feed, with a carriage return before
 * it or not.
 *
 * <p>Memory: a line is at most {@value #MOST_BYTES} bytes, so that no file, however it inflates,
 * takes more; of a longer one only the beginning is kept, and it can't be read. Not thread safe.
 */
final class LineReader implements Closeable {
  /** Longest line that is read. */
  static final int MOST_BYTES = 1 << 20;

  private static final int BUFFER_BYTES = 65_536;
  private static final int SHOWN_BYTES = 1_000;
  private static final char REPLACEMENT = '\uFFFD';

  private final Path file;
  private final LogInput in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;
  private byte[] begun = new byte[1_024];
  private long number;

  LineReader(Path file) throws IOException {
    this.file = file;
    in = LogInput.open(file);
  }

  /**
   * The next line, or null at the end.
   *
   * @throws UnreadableRow if it is too long or no UTF-8; the next one may be read
   */
  @Nullable String next() throws IOException, UnreadableRow {
    int length = 0;
    long whole = 0;
    while (true) {
      if (from == to) {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, BUFFER_BYTES));
        if (to == 0) {
          if (whole == 0) {
            return null;
          }
          return line(begun, 0, length, whole);
        }
      }
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      int count = end - from;
      if (end < to && whole == 0) {
        // The usual case: the whole line lies in the buffer.
        int start = from;
        from = end + 1;
        return line(buffer, start, count, count);
      }
      whole += count;
      length = keep(length, from, count);
      from = end;
      if (end < to) {
        from++;
        return line(begun, 0, length, whole);
      }
      // A line that has begun is one, even if its part so far is empty.
      whole = Math.max(1, whole);
    }
  }

  /** Adds a part to the line that has begun, up to the limit. */
  private int keep(int length, int start, int count) {
    int most = Math.min(count, MOST_BYTES - length);
    if (length + most > begun.length) {
      begun = Arrays.copyOf(begun, Math.max(2 * begun.length, length + most));
    }
    System.arraycopy(buffer, start, begun, length, most);
    return length + most;
  }

  private String line(byte[] bytes, int start, int length, long whole) throws UnreadableRow {
    number++;
    if (whole > MOST_BYTES) {
      throw unreadable(bytes, start, "a line of " + whole + " bytes", "at most " + MOST_BYTES);
    }
    int end = length > 0 && bytes[start + length - 1] == '\r' ? length - 1 : length;
    String line = new String(bytes, start, end, StandardCharsets.UTF_8);
    int replaced = line.indexOf(REPLACEMENT);
    if (replaced >= 0 && !isWhole(line, bytes, start, end)) {
      throw unreadable(bytes, start, "bytes that are no UTF-8", "UTF-8 text");
    }
    return line;
  }

  /** Whether a line with a replacement character had it in its bytes as well. */
  private static boolean isWhole(String line, byte[] bytes, int start, int length) {
    byte[] again = line.getBytes(StandardCharsets.UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, start, start + length);
  }

  private UnreadableRow unreadable(byte[] bytes, int start, String found, String accepted) {
    int shown = Math.min(SHOWN_BYTES, bytes.length - start);
    String beginning = new String(bytes, start, shown, StandardCharsets.UTF_8);
    return new UnreadableRow(file, number, 1, found, accepted, beginning);
  }

  /** The number of the line that {@link #next} gave last, from 1. */
  long number() {
    return number;
  }

  long bytesRead() {
    return in.bytesRead();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
