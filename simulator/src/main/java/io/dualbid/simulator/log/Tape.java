package io.dualbid.simulator.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one length, written once and then read in their order as often as wished. The first
 * ones stay in memory, the others go to a {@link TapeFile}, so that memory is bounded however many
 * there are: the allowance of the file, half a kilobyte for each tape, and one block for each
 * reader.
 */
final class Tape {
  /** A block grows up to about this size before it is put away. */
  static final int BLOCK_BYTES = 1 << 20;

  private static final int FIRST_BLOCK_BYTES = 1 << 9;

  private final int stride;
  private final TapeFile file;
  private final int fullBytes;
  private final List<ByteBuffer> kept = new ArrayList<>();
  private final List<Place> places = new ArrayList<>();
  private ByteBuffer block;
  private long records;

  /** Where a block is in the file. */
  private record Place(long at, int bytes) {}

  /**
   * An empty tape.
   *
   * @param stride bytes of a record
   */
  Tape(int stride, TapeFile file) {
    this.stride = stride;
    this.file = file;
    this.fullBytes = BLOCK_BYTES / stride * stride;
    this.block = ByteBuffer.allocate(FIRST_BLOCK_BYTES / stride * stride);
  }

  /** Where to put the next record, all {@code stride} bytes of it. */
  ByteBuffer next() throws IOException {
    if (!block.hasRemaining()) {
      int larger = Math.min(fullBytes, 2 * block.capacity());
      if (larger > block.capacity() && file.keeps(larger - block.capacity())) {
        block = ByteBuffer.allocate(larger).put(block.flip());
      } else {
        putAway();
      }
    }
    records++;
    return block;
  }

  private void putAway() throws IOException {
    // Blocks stay in memory from the beginning on, so that the file holds the rest in order.
    int bytes = block.capacity();
    if (places.isEmpty() && file.keeps(bytes)) {
      kept.add(block);
      block = ByteBuffer.allocate(bytes);
    } else {
      places.add(new Place(file.write(block.flip()), bytes));
      block.clear();
    }
  }

  long records() {
    return records;
  }

  /** Reads from the beginning; nothing may be written any more. */
  Reader read() {
    return new Reader();
  }

  /** Goes through the records. */
  final class Reader {
    private ByteBuffer current = ByteBuffer.allocate(0);
    private ByteBuffer own = current;
    private int blocks;
    private int at = -stride;
    private int limit;
    private long left = records;

    /** Goes on to the next record; false at the end. */
    boolean next() {
      if (left == 0) {
        return false;
      }
      left--;
      at += stride;
      if (at >= limit) {
        load();
        at = 0;
      }
      return true;
    }

    /** Leaves out so many records. */
    void skip(long count) {
      for (long i = 0; i < count && next(); i++) {
        // A block at a time would be quicker, yet this takes a few nanoseconds a record.
      }
    }

    private void load() {
      int number = blocks++;
      if (number < kept.size()) {
        current = kept.get(number);
        limit = current.capacity();
      } else if (number < kept.size() + places.size()) {
        Place place = places.get(number - kept.size());
        if (own.capacity() < place.bytes) {
          own = ByteBuffer.allocate(place.bytes);
        }
        try {
          file.read(own.clear().limit(place.bytes), place.at);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        current = own;
        limit = place.bytes;
      } else {
        current = block;
        limit = block.position();
      }
    }

    long longAt(int offset) {
      return current.getLong(at + offset);
    }

    double doubleAt(int offset) {
      return current.getDouble(at + offset);
    }

    int intAt(int offset) {
      return current.getInt(at + offset);
    }
  }
}
