package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A landscape of two numbers: the logarithm of the highest competing bid is normal.
 *
 * <p>With z = (ln b - location)/scale, the slope of (v - b)·F(b) has the sign of {@code v - b -
 * F(b)/f(b)}. F/f = b·scale·Φ(z)/φ(z) never falls, because Φ is log-concave; so b + F/f strictly
 * rises, the slope changes its sign once, from plus to minus, and the best bid is the one root of
 *
 * <pre>  h(z) = location + scale·z + ln(1 + scale·Φ(z)/φ(z)) - ln v</pre>
 *
 * <p>whose slope is at least {@code scale}. Newton's steps are kept within a bracket and replaced
 * by halving where they leave it; the bracket starts from b &lt; v above, and from Φ/φ ≤ √(π/2) for
 * z ≤ 0 below. The bid has a relative error of about 1e-12, and as the maximum is flat, what is
 * lost is the square of that. Some 10 steps, no allocation.
 *
 * <p>Towards scale 0 the price becomes certain; below {@link #CERTAIN} it is taken as such, and the
 * best bid is e^location where that is below the value. For a value far below all prices the bid
 * tends to the value, though F underflows to 0.
 *
 * @param location mean of the logarithm of the price in account currency, -700 to 700
 * @param scale its standard deviation, 0 to 100
 */
public record LogNormalLandscape(double location, double scale) implements PriceLandscape {
  /** Where the scale is below this, the price counts as certain. */
  public static final double CERTAIN = 1e-9;

  /** First byte of the written form. */
  static final int FORM = 2;

  private static final double ROOT_OF_HALF_PI = 1.2533141373155001;
  private static final double TOLERANCE = 1e-13;
  private static final int MOST_STEPS = 200;

  public LogNormalLandscape {
    if (!(Math.abs(location) <= 700 && scale >= 0 && scale <= 100)) {
      throw new IllegalArgumentException(
          "need |location| <= 700 and scale in [0, 100]: " + location + ", " + scale);
    }
  }

  /** The price that half of all auctions stay below. */
  public double median() {
    return StrictMath.exp(location);
  }

  @Override
  public double winProbability(double bid) {
    if (!(bid > 0)) {
      return 0;
    }
    if (scale < CERTAIN) {
      return bid >= median() ? 1 : 0;
    }
    return bid == Double.POSITIVE_INFINITY
        ? 1
        : Normal.cdf((StrictMath.log(bid) - location) / scale);
  }

  @Override
  public double bestBid(double value, double floor) {
    if (!(value > 0 && value > floor)) {
      return NO_BID;
    }
    double worth = Math.min(value, Double.MAX_VALUE);
    // The gain rises up to the best bid and falls behind it, so a floor only lifts.
    if (scale < CERTAIN) {
      double bid = Math.max(median(), floor);
      return bid < worth ? bid : NO_BID;
    }
    return Math.min(worth, Math.max(unbounded(worth), floor));
  }

  private double unbounded(double value) {
    double logValue = StrictMath.log(value);
    double logScale = StrictMath.log(scale);
    double high = (logValue - location) / scale;
    double low =
        Math.min(0, (logValue - location - StrictMath.log1p(scale * ROOT_OF_HALF_PI)) / scale);
    double z = Math.min(high, Math.max(low, 0));
    for (int step = 0; step < MOST_STEPS; step++) {
      double odds = logScale + Normal.logCdfOverDensity(z);
      double excess = location + scale * z + logOfOnePlusExp(odds) - logValue;
      if (excess > 0) {
        high = z;
      } else {
        low = z;
      }
      double share = 1 / (1 + StrictMath.exp(-odds));
      double slope = Math.max(scale, scale + scale * (1 - share) + z * share);
      double next = z - excess / slope;
      if (!(next >= low && next <= high)) {
        next = low + (high - low) / 2;
      }
      boolean done = scale * Math.abs(next - z) <= TOLERANCE;
      z = next;
      if (done) {
        break;
      }
    }
    return StrictMath.exp(location + scale * z);
  }

  private static double logOfOnePlusExp(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(FORM);
    out.writeDouble(location);
    out.writeDouble(scale);
  }

  /** Reads what {@link #write} wrote after the first byte. */
  static LogNormalLandscape readBody(DataInput in) throws IOException {
    double location = in.readDouble();
    double scale = in.readDouble();
    try {
      return new LogNormalLandscape(location, scale);
    } catch (IllegalArgumentException e) {
      throw new IOException("found no landscape: " + e.getMessage(), e);
    }
  }
}
