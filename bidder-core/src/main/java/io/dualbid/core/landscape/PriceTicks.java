package io.dualbid.core.landscape;

/**
 * The price scale of histograms: ticks that grow by 2 %, so that a price is known to 2 % of itself
 * whatever the currency.
 *
 * <p>Tick 0 holds all prices up to one nano, zero among them; tick i those above {@code edge(i -
 * 1)} and up to {@code edge(i)}; the last also what is dearer than a billion. A bid at the edge of
 * a tick beats every price in it.
 */
final class PriceTicks {
  /** How much dearer the next tick is. */
  static final double GROWTH = 1.02;

  private static final double LEAST = 1e-9;
  private static final double GREATEST = 1e9;
  private static final double LOG_GROWTH = StrictMath.log(GROWTH);
  private static final double LOG_LEAST = StrictMath.log(LEAST);

  /** Number of ticks. */
  static final int COUNT = 1 + (int) Math.ceil((StrictMath.log(GREATEST) - LOG_LEAST) / LOG_GROWTH);

  private static final double[] EDGES = new double[COUNT];

  static {
    for (int i = 0; i < COUNT; i++) {
      EDGES[i] = StrictMath.exp(LOG_LEAST + i * LOG_GROWTH);
    }
  }

  private PriceTicks() {}

  /** The tick of a price of at least 0. */
  static int of(double price) {
    if (price <= EDGES[0]) {
      return 0;
    }
    if (price > EDGES[COUNT - 2]) {
      return COUNT - 1;
    }
    // The logarithm may be off by a rounding at an edge; the table decides.
    int tick = Math.max(1, (int) Math.ceil((StrictMath.log(price) - LOG_LEAST) / LOG_GROWTH));
    if (price <= EDGES[tick - 1]) {
      return tick - 1;
    }
    return price <= EDGES[tick] ? tick : tick + 1;
  }

  /** The highest price of a tick. */
  static double edge(int tick) {
    return EDGES[tick];
  }

  /** Logarithm of the geometric middle of a tick. */
  static double logMiddle(int tick) {
    return LOG_LEAST + (tick - 0.5) * LOG_GROWTH;
  }
}
