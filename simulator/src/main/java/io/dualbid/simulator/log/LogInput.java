package io.dualbid.simulator.log;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The bytes of a file, gunzipped where its name ends with {@code .gz}, and how many were read. A
 * file may hold several gzip streams, one after the other, and nothing else: what is cut off,
 * broken or followed by something else throws an {@link java.io.EOFException} or a {@link
 * ZipException}.
 *
 * <p>Memory: two buffers, whatever a file inflates to.
 */
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
      return new LogInput(zipped ? new Gunzipped(counted) : counted, counted);
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

  /** Tells what is wrong with gzip from what is wrong with reading. */
  private static final class Gunzipped extends FilterInputStream {
    private final Counted counted;

    Gunzipped(Counted counted) throws IOException {
      super(opened(counted));
      this.counted = counted;
    }

    private static InputStream opened(Counted counted) throws IOException {
      try {
        return new GzipCompressorInputStream(new BufferedInputStream(counted, BUFFER_BYTES), true);
      } catch (EOFException e) {
        throw counted.failed ? e : zipException("an empty file", e);
      } catch (IOException e) {
        throw counted.failed ? e : zipException(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (EOFException e) {
        throw e;
      } catch (IOException e) {
        throw counted.failed ? e : zipException(String.valueOf(e.getMessage()), e);
      }
    }

    private static ZipException zipException(String message, IOException cause) {
      ZipException exception = new ZipException(message);
      exception.initCause(cause);
      return exception;
    }
  }

  private static final class Counted extends FilterInputStream {
    private long bytes;
    private boolean failed;

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
      try {
        int count = super.read(buffer, offset, length);
        bytes += Math.max(0, count);
        return count;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }
  }
}
