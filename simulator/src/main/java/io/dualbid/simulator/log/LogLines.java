package io.dualbid.simulator.log;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The lines of a file that is kept in memory, plain or gzipped. */
public final class LogLines {
  /** Most characters of a file that is kept in memory. */
  private static final long MOST_CHARACTERS = 256L << 20;

  private LogLines() {}

  /** Takes a line. */
  public interface Taker {
    /**
     * A line that isn't blank.
     *
     * @param number from 1
     */
    void line(long number, String line) throws IOException;
  }

  /**
   * Hands on the lines of a file, but blank ones.
   *
   * @throws IOException if the file can't be read
   * @throws WrongLog at the first line that can't be, or is one too many; the message names it
   */
  public static void each(Path file, Taker taker) throws IOException {
    try (LineReader lines = new LineReader(file)) {
      long characters = 0;
      for (String line = next(file, lines); line != null; line = next(file, lines)) {
        characters += line.length();
        if (characters > MOST_CHARACTERS) {
          throw new WrongLog(
              file
                  + ":"
                  + lines.number()
                  + ":1: found more than "
                  + MOST_CHARACTERS
                  + " characters; accepted: what fits into memory");
        }
        if (!line.isBlank()) {
          taker.line(lines.number(), line);
        }
      }
    }
  }

  private static @Nullable String next(Path file, LineReader lines) throws IOException {
    try {
      return lines.next();
    } catch (UnreadableRow e) {
      throw new WrongLog(String.valueOf(e.getMessage()), e);
    } catch (EOFException | ZipException e) {
      throw new WrongLog(
          file
              + ":"
              + (lines.number() + 1)
              + ":1: found broken gzip ("
              + e.getMessage()
              + "); accepted: a whole file",
          e);
    }
  }
}
