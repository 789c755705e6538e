package io.dualbid.simulator.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One auction of a log. It belongs to its reader, which fills it anew for each row, so that reading
 * costs no garbage; what is to be kept must be taken out.
 */
public final class LogRow {
  /** What {@link #timeMillis} is where a row has no time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private final Map<String, String> attributes = new LinkedHashMap<>();
  long line;
  long timeMillis = NO_TIME;
  @Nullable String requestId;
  @Nullable String campaign;
  double value = Double.NaN;
  double clickRate = Double.NaN;
  long priceNanos = -1;
  boolean clicked;
  double conversionValue;
  long conversionDelayMillis;
  @Nullable String segment;

  /** Empties it. */
  void clear(long newLine) {
    line = newLine;
    timeMillis = NO_TIME;
    requestId = null;
    campaign = null;
    value = Double.NaN;
    clickRate = Double.NaN;
    priceNanos = -1;
    clicked = false;
    conversionValue = 0;
    conversionDelayMillis = 0;
    segment = null;
    if (!attributes.isEmpty()) {
      attributes.clear();
    }
  }

  void attribute(String name, String text) {
    attributes.put(name, text);
  }

  /** The line on which it begins, or for Parquet its number; from 1. */
  public long line() {
    return line;
  }

  /** When the auction was, in milliseconds since 1970, or {@link #NO_TIME}. */
  public long timeMillis() {
    return timeMillis;
  }

  /** The id of its request; null where it has none or texts are not asked for. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** The campaign that it was for, or null. */
  public @Nullable String campaign() {
    return campaign;
  }

  /** Expected value of a win in account currency, or NaN. */
  public double value() {
    return value;
  }

  /** Predicted click rate, 0 to 1, or NaN. */
  public double clickRate() {
    return clickRate;
  }

  /** The highest competing bid for this one impression; at least 0. */
  public long priceNanos() {
    return priceNanos;
  }

  /** Whether a win was, or would have been, clicked. */
  public boolean clicked() {
    return clicked;
  }

  /** What came of it in the end, in account currency; 0 for nothing. */
  public double conversionValue() {
    return conversionValue;
  }

  /** How long after the auction that was. */
  public long conversionDelayMillis() {
    return conversionDelayMillis;
  }

  /** Segment of the user, or null. */
  public @Nullable String segment() {
    return segment;
  }

  /** All columns that mean nothing here, by name; empty unless texts are asked for. */
  public Map<String, String> attributes() {
    return Collections.unmodifiableMap(attributes);
  }
}
