package io.dualbid.simulator.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + ":1:1: found a folder; accepted: a file");
    }
    InputStream in = Files.newInputStream(file);
    try {
      InputStream text =
          file.toString().endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER_BYTES);
    } catch (ZipException e) {
      in.close();
      throw new IllegalArgumentException(
          file + ":1:1: found no gzip (" + e.getMessage() + "); accepted: gzip, or another name",
          e);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }
}
