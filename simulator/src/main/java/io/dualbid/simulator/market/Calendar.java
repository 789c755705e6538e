package io.dualbid.simulator.market;

import io.dualbid.core.model.Plan;

/** When the auctions of a seasonal stream come, in milliseconds from a Monday at midnight. */
final class Calendar {
  private static final long WEEK_MILLIS = Plan.HOURS_PER_WEEK * Season.HOUR;

  private final long perWeek;
  private final double[] cumulative = new double[Plan.HOURS_PER_WEEK + 1];

  Calendar(Season season) {
    perWeek = season.auctionsPerWeek();
    for (int h = 0; h < Plan.HOURS_PER_WEEK; h++) {
      cumulative[h + 1] = cumulative[h] + (season.traffic() ? season.weights().get(h) : 1);
    }
  }

  /** Hour of the week of an auction, 0 to 167. */
  int hourOfWeek(long index) {
    double share = share(index);
    int low = 0;
    int high = Plan.HOURS_PER_WEEK - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle + 1] > share) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** When an auction comes; never before the one before. */
  long millis(long index) {
    int hour = hourOfWeek(index);
    double within = (share(index) - cumulative[hour]) / (cumulative[hour + 1] - cumulative[hour]);
    return index / perWeek * WEEK_MILLIS + hour * Season.HOUR + (long) (within * Season.HOUR);
  }

  /** When a stream of this length is over. */
  long endMillis(long horizon) {
    return horizon % perWeek == 0 ? horizon / perWeek * WEEK_MILLIS : millis(horizon);
  }

  /** Which part of the week's weight lies before an auction, auctions being spread evenly in it. */
  private double share(long index) {
    return (index % perWeek + 0.5) / perWeek * cumulative[Plan.HOURS_PER_WEEK];
  }
}
