package io.dualbid.simulator.log;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, gunzipped where its name ends with {@code .gz}, and how many were read. */
public final class LogInput extends FilterInputStream {
  private static final int BUFFER_BYTES = 65_536;

  private final Counted counted;

  private LogInput(InputStream text, Counted counted) {
    super(text);
    this.counted = counted;
  }

  /**
   * Opens a file.
   *
   * @throws IOException if it can't be read
   * @throws WrongLog if it is a folder, or is named as gzip and isn't
   */
  public static LogInput open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new WrongLog(file + ":1:1: found a folder; accepted: a file");
    }
    Counted counted = new Counted(Files.newInputStream(file));
    try {
      boolean zipped = file.toString().endsWith(".gz");
      return new LogInput(zipped ? new GZIPInputStream(counted, BUFFER_BYTES) : counted, counted);
    } catch (ZipException e) {
      counted.close();
      throw new WrongLog(
          file + ":1:1: found no gzip (" + e.getMessage() + "); accepted: gzip, or another name",
          e);
    } catch (IOException e) {
      counted.close();
      throw e;
    }
  }

  /** How many bytes of the file were read so far; before gunzipping. */
  public long bytesRead() {
    return counted.bytes;
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      bytes += Math.max(0, count);
      return count;
    }
  }
}
