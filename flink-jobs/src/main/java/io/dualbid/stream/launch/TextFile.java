package io.dualbid.stream.launch;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads files that operators write, with a bound on what is taken into memory. */
public final class TextFile {
  /** Longest file that is read. */
  static final long MOST_BYTES = 64L * 1024 * 1024;

  private TextFile() {}

  /**
   * The text of a file.
   *
   * @throws IOException if there is no such file, or it can't be read
   * @throws ConfigurationException if it is a folder, is too long, or is no UTF-8; tells the place
   */
  public static String read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw wrong(file, 1, 1, "a folder", "a file");
    }
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      // What is no regular file has no size to ask for.
      bytes = in.readNBytes((int) MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw wrong(file, 1, 1, "more than " + MOST_BYTES + " bytes", "at most so many");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result = decoder.decode(in, text, true);
    text.flip();
    if (result.isError()) {
      String before = text.toString();
      int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
      int column = before.length() - before.lastIndexOf('\n');
      throw wrong(file, line, column, "bytes that are no UTF-8", "UTF-8 text");
    }
    return text.toString();
  }

  private static ConfigurationException wrong(
      Path file, int line, int column, String found, String accepted) {
    return new ConfigurationException(
        List.of(new Problem(file.toString(), line, column, "", "found " + found, accepted)));
  }
}
