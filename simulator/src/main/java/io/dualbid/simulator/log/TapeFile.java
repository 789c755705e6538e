package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where tapes put what doesn't fit into memory: one file for all of them in the folder of temporary
 * files, made when it is needed and gone when it is closed. Reading is thread safe, the rest isn't.
 */
final class TapeFile implements Closeable {
  private long memoryLeft;
  private long written;
  private @Nullable FileChannel channel;

  /**
   * No file yet.
   *
   * @param memoryBytes how many bytes all tapes together may keep in memory
   */
  TapeFile(long memoryBytes) {
    memoryLeft = memoryBytes;
  }

  /** Whether a block may stay in memory; if so its bytes are taken off what is left. */
  boolean keeps(int bytes) {
    if (bytes > memoryLeft) {
      return false;
    }
    memoryLeft -= bytes;
    return true;
  }

  /** Writes a block and tells where. */
  long write(ByteBuffer block) throws IOException {
    FileChannel file = channel;
    if (file == null) {
      Path path = Files.createTempFile("dualbid-log-", ".tape");
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      channel = file;
    }
    long at = written;
    while (block.hasRemaining()) {
      written += file.write(block, written);
    }
    return at;
  }

  /** Fills a buffer from a place in the file. */
  void read(ByteBuffer into, long at) throws IOException {
    FileChannel file = channel;
    if (file == null) {
      throw new IllegalStateException("nothing was written");
    }
    long from = at;
    while (into.hasRemaining()) {
      int count = file.read(into, from);
      if (count < 0) {
        throw new IOException("the file of temporary rows was cut at " + from);
      }
      from += count;
    }
  }

  /** Bytes in the file. */
  long written() {
    return written;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
