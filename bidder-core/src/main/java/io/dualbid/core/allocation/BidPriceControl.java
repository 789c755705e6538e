package io.dualbid.core.allocation;

import io.dualbid.core.model.Money;

/**
 * Network revenue management by bid prices: a request for one seat on each of some legs is accepted
 * where its fare exceeds the sum of the legs' prices and every leg has a seat left.
 *
 * <p>The {@link OnlineAllocator} with one option a request. In units of fare a seat a plain step
 * size is of the order mean fare / √T; with normalised gradients it is fare a seat as well, and
 * with the entropy map a pure number. O(legs) a request, no allocation; not thread safe.
 *
 * @see "Talluri, van Ryzin: The Theory and Practice of Revenue Management, 2004, chapter 3"
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023"
 */
public final class BidPriceControl {
  /** A seat in the allocator's nanos. */
  private static final long SEAT = Money.NANOS_PER_UNIT;

  private final OnlineAllocator allocator;
  private final Options options;
  private double bidPrice;

  /**
   * A network before its first request.
   *
   * @param seats seats of each leg, from 0 to some nine billion
   * @throws ArithmeticException if there are more
   */
  public BidPriceControl(long[] seats, Horizon horizon, ShadowPrices prices, Gradient gradient) {
    long[] nanos = new long[seats.length];
    for (int leg = 0; leg < seats.length; leg++) {
      nanos[leg] = Math.multiplyExact(seats[leg], SEAT);
    }
    allocator = new OnlineAllocator(new Capacity(nanos), horizon, prices, gradient);
    options = new Options(seats.length);
  }

  /**
   * Decides on a request.
   *
   * @param fare what it pays if accepted
   * @param legs the legs it needs a seat on; a leg named twice needs two
   */
  public boolean accept(double fare, int... legs) {
    options.clear();
    options.add(fare);
    for (int leg : legs) {
      options.consume(leg, SEAT);
    }
    bidPrice = options.cost(0, allocator.prices().multipliers());
    return allocator.decide(options) != Options.NULL_ACTION;
  }

  /** Sum of the prices of the last request's legs at the time of its decision. */
  public double bidPrice() {
    return bidPrice;
  }

  /** Seats left on a leg. */
  public long seatsLeft(int leg) {
    return allocator.left(leg) / SEAT;
  }

  /** Puts more seats on a leg or fewer; sold ones stay sold. */
  public void setSeats(int leg, long seats) {
    allocator.setCapacity(leg, Math.multiplyExact(seats, SEAT));
  }

  /** Extends or cuts the selling season. */
  public void setHorizon(long slots) {
    allocator.setHorizon(slots);
  }

  /** Sum of the fares accepted. */
  public double revenue() {
    return allocator.reward();
  }

  /** Prices of the legs, for reading. */
  public ShadowPrices prices() {
    return allocator.prices();
  }
}
