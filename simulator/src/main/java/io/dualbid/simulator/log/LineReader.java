package io.dualbid.simulator.log;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lines of a file with their numbers. */
final class LineReader implements Closeable {
  private static final int BUFFER_CHARS = 65_536;

  private final LogInput in;
  private final BufferedReader lines;
  private long number;

  LineReader(Path file) throws IOException {
    in = LogInput.open(file);
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER_CHARS);
  }

  /** The next line, or null at the end. */
  @Nullable String next() throws IOException {
    String line = lines.readLine();
    number += line == null ? 0 : 1;
    return line;
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
    lines.close();
  }
}
