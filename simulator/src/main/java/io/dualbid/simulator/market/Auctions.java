package io.dualbid.simulator.market;

import io.dualbid.core.model.Money;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All auctions of one stream, as columns of numbers: drawn once, played and reckoned with as often
 * as need be. 32 bytes for each auction, 12 more where wins convert. Read only, hence thread safe.
 */
public final class Auctions {
  /** A Monday. */
  public static final long START = Instant.parse("2026-01-05T00:00:00Z").toEpochMilli();

  private final boolean firstPrice;
  private final double[] values;
  private final double[] predicted;
  private final double[] prices;
  private final long[] priceNanos;
  private final int @Nullable [] segments;
  private final float @Nullable [] delays;
  private final double @Nullable [] worths;
  private final @Nullable Calendar calendar;

  Auctions(Market market, long seed, int horizon) {
    firstPrice = market.firstPrice();
    values = new double[horizon];
    predicted = new double[horizon];
    prices = new double[horizon];
    priceNanos = new long[horizon];
    int[] kinds = market.segments() > 0 ? new int[horizon] : null;
    boolean converts = market.conversions() != null;
    float[] after = converts ? new float[horizon] : null;
    double[] brings = converts ? new double[horizon] : null;
    Season season = market.season();
    calendar = season == null ? null : new Calendar(season);
    Market.Drawing drawing = market.drawing(seed, horizon);
    Draw draw = new Draw();
    for (int i = 0; i < horizon; i++) {
      drawing.draw(i, draw);
      values[i] = draw.value();
      predicted[i] = draw.predicted();
      priceNanos[i] = Money.floorNanos(draw.price());
      prices[i] = Money.units(priceNanos[i]);
      if (kinds != null) {
        kinds[i] = drawing.segment(i);
      }
      if (after != null && brings != null) {
        brings[i] = drawing.worth(i, draw.value());
        after[i] = (float) drawing.delay(i);
      }
    }
    segments = kinds;
    delays = after;
    worths = brings;
  }

  /** How many there are. */
  public int count() {
    return values.length;
  }

  /** What a win of each is worth, in account currency; a copy. */
  public double[] values() {
    return values.clone();
  }

  /** What a win of one is worth. */
  public double value(int index) {
    return values[index];
  }

  /** What bidders are told that it is worth. */
  public double predicted(int index) {
    return predicted[index];
  }

  /** The highest competing bids in account currency; a copy. */
  public double[] prices() {
    return prices.clone();
  }

  /** The highest competing bid of one. */
  public double price(int index) {
    return prices[index];
  }

  /** The segment of the user, from 0; 0 where there are none. */
  public int segment(int index) {
    int[] kinds = segments;
    return kinds == null ? 0 : kinds[index];
  }

  /** The name of a segment in targeting. */
  public static String segmentName(int segment) {
    return "s" + segment;
  }

  /** When an auction comes: one a millisecond, or by the calendar of the season. */
  public long timeMillis(int index) {
    Calendar own = calendar;
    return START + (own == null ? index : own.millis(index));
  }

  /** The end of the stream. */
  public long endMillis() {
    Calendar own = calendar;
    return START + (own == null ? values.length : own.endMillis(values.length));
  }

  /** Mean time between two auctions, at least 1. */
  public long spacingMillis() {
    return Math.max(1, (endMillis() - START) / values.length);
  }

  /** The auctions to be played; the click rate of each is what a win is predicted to be worth. */
  public Arrivals arrivals() {
    return new Arrivals() {
      private int index;

      @Override
      public @Nullable Arrival next() {
        if (index == values.length) {
          return null;
        }
        int i = index++;
        float[] after = delays;
        double[] brings = worths;
        return new Arrival(
            i,
            timeMillis(i),
            predicted[i],
            priceNanos[i],
            false,
            firstPrice,
            segments == null ? List.of() : List.of(segmentName(segment(i))),
            brings == null ? 0 : brings[i],
            after == null ? 0 : (long) (after[i] * spacingMillis()));
      }
    };
  }
}
