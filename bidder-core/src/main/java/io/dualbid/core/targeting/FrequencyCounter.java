package io.dualbid.core.targeting;

import io.dualbid.core.model.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how often a user has seen a campaign lately, in bounded memory.
 *
 * <p>Impressions of a window are counted in a {@link SlidingSketch}; campaigns with windows of one
 * length share it. There are {@value #MOST_WINDOWS} lengths at most: a further one is served by the
 * next longer that there is, or else by the longest, and is then counted over that. A bid that may
 * still win counts as an impression for a short while, so that a burst of requests can't overshoot.
 *
 * <p>The count is never too low for the wins that were told. It is too high by e·N/w at most, with
 * a probability of 1 - e^-4 (98 %), where N is the number of impressions counted in the window and
 * w the width; and it covers up to a quarter more than the window. So a cap is kept, at the price
 * of sometimes ending early. Nothing here allocates but the first use of a window. Not thread safe.
 */
public final class FrequencyCounter {
  /** Most lengths of windows. */
  public static final int MOST_WINDOWS = 8;

  private static final int VERSION = 1;

  private final int width;
  private final SlidingSketch pending;
  private final List<SlidingSketch> windows = new ArrayList<>();

  /**
   * Nothing counted yet.
   *
   * @param width counters of each row of a sketch, a power of two; the memory of one window is 20
   *     times as many bytes
   * @param pendingMillis how long a bid counts as an impression
   */
  public FrequencyCounter(int width, long pendingMillis) {
    if (width < 16 || Integer.bitCount(width) != 1) {
      throw new IllegalArgumentException("width must be a power of two from 16 on: " + width);
    }
    this.width = width;
    this.pending = new SlidingSketch(width, Math.max(SlidingSketch.BUCKETS, pendingMillis));
  }

  /** Impressions of the user, and bids that may become some. */
  public int count(long userKey, long campaignKey, long nowMillis, long windowMillis) {
    long key = key(userKey, campaignKey);
    return window(windowMillis).count(key, nowMillis) + pending.count(key, nowMillis);
  }

  /** The user has seen the campaign. */
  public void record(long userKey, long campaignKey, long nowMillis, long windowMillis) {
    window(windowMillis).add(key(userKey, campaignKey), nowMillis);
  }

  /** The user may see the campaign: a bid is out. */
  public void pend(long userKey, long campaignKey, long nowMillis) {
    pending.add(key(userKey, campaignKey), nowMillis);
  }

  private static long key(long userKey, long campaignKey) {
    return Hash.mix(userKey + Hash.mix(campaignKey));
  }

  private SlidingSketch window(long windowMillis) {
    SlidingSketch longer = null;
    SlidingSketch longest = null;
    for (int i = 0; i < windows.size(); i++) {
      SlidingSketch sketch = windows.get(i);
      long length = sketch.windowMillis();
      if (length == windowMillis) {
        return sketch;
      }
      if (length > windowMillis && (longer == null || length < longer.windowMillis())) {
        longer = sketch;
      }
      if (longest == null || length > longest.windowMillis()) {
        longest = sketch;
      }
    }
    if (windows.size() == MOST_WINDOWS && longest != null) {
      return longer == null ? longest : longer;
    }
    SlidingSketch sketch = new SlidingSketch(width, windowMillis);
    windows.add(sketch);
    return sketch;
  }

  /** Writes the state of the windows; what is pending is over soon anyway. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(width);
    out.writeInt(windows.size());
    for (SlidingSketch window : windows) {
      out.writeLong(window.windowMillis());
      window.write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the version is newer than this code
   */
  public static FrequencyCounter read(DataInput in, long pendingMillis) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("frequency state has version " + version + "; readable is " + VERSION);
    }
    FrequencyCounter counter = new FrequencyCounter(in.readInt(), pendingMillis);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      counter.windows.add(SlidingSketch.read(counter.width, in.readLong(), in));
    }
    return counter;
  }
}
