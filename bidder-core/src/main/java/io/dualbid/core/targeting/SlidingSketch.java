package io.dualbid.core.targeting;

import io.dualbid.core.model.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts of keys over a sliding window: a count-min sketch for each quarter of the window and one
 * for the quarter that is under way.
 *
 * <p>Each sketch has {@value #ROWS} rows of one-byte counters that stop at 255; a key has one
 * counter in each row, and its count is the least of them. Only counters that equal the least are
 * raised (conservative update). A count is never too low within the window.
 *
 * @see "Cormode, Muthukrishnan: An Improved Data Stream Summary: The Count-Min Sketch, J.
 *     Algorithms 55(1), 2005; Estan, Varghese: New Directions in Traffic Measurement, SIGCOMM 2002
 *     (conservative update)"
 */
final class SlidingSketch {
  /** Sketches kept: four quarters of the window and the one under way. */
  static final int BUCKETS = 5;

  private static final int ROWS = 4;
  private static final int QUARTERS = 4;
  private static final int MOST = 255;

  private final int width;
  private final long windowMillis;
  private final long bucketMillis;
  private final byte[][] buckets = new byte[BUCKETS][];
  private long newest = Long.MIN_VALUE;

  SlidingSketch(int width, long windowMillis) {
    this.width = width;
    this.windowMillis = windowMillis;
    this.bucketMillis = Math.max(1, (windowMillis + QUARTERS - 1) / QUARTERS);
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new byte[ROWS * width];
    }
  }

  long windowMillis() {
    return windowMillis;
  }

  int count(long key, long nowMillis) {
    advance(nowMillis);
    int sum = 0;
    for (byte[] bucket : buckets) {
      sum += least(bucket, key);
    }
    return sum;
  }

  void add(long key, long nowMillis) {
    advance(nowMillis);
    byte[] bucket = buckets[index(newest)];
    int least = least(bucket, key);
    if (least == MOST) {
      return;
    }
    for (int row = 0; row < ROWS; row++) {
      int at = at(key, row);
      if (Byte.toUnsignedInt(bucket[at]) == least) {
        bucket[at] = (byte) (least + 1);
      }
    }
  }

  private int least(byte[] bucket, long key) {
    int least = MOST;
    for (int row = 0; row < ROWS; row++) {
      least = Math.min(least, Byte.toUnsignedInt(bucket[at(key, row)]));
    }
    return least;
  }

  private int at(long key, int row) {
    return row * width + ((int) Hash.mix(key + row * Hash.GOLDEN_GAMMA) & (width - 1));
  }

  /** Clears the buckets of the time that has passed. Time that goes back counts as the latest. */
  private void advance(long nowMillis) {
    long bucket = Math.floorDiv(nowMillis, bucketMillis);
    if (newest == Long.MIN_VALUE) {
      newest = bucket;
    }
    for (long next = Math.max(newest + 1, bucket - BUCKETS + 1); next <= bucket; next++) {
      Arrays.fill(buckets[index(next)], (byte) 0);
    }
    newest = Math.max(newest, bucket);
  }

  private static int index(long bucket) {
    return (int) Math.floorMod(bucket, (long) BUCKETS);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(newest);
    for (byte[] bucket : buckets) {
      out.write(bucket);
    }
  }

  static SlidingSketch read(int width, long windowMillis, DataInput in) throws IOException {
    SlidingSketch sketch = new SlidingSketch(width, windowMillis);
    sketch.newest = in.readLong();
    for (byte[] bucket : sketch.buckets) {
      in.readFully(bucket);
    }
    return sketch;
  }
}
