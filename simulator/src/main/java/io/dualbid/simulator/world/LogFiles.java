package io.dualbid.simulator.world;

import io.dualbid.simulator.log.LogInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens logs, plain or gzipped. */
public final class LogFiles {
  private static final int BUFFER_BYTES = 65_536;

  private LogFiles() {}

  /**
   * The lines of a log; a name that ends with {@code .gz} is gunzipped.
   *
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if it is named as gzip and isn't
   */
  public static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(LogInput.open(file), StandardCharsets.UTF_8), BUFFER_BYTES);
  }
}
