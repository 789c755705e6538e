package io.dualbid.core.pacing;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * In proportion to the traffic expected in each hour of the week, in the zone's local time: the
 * target of slot t is {@code left · w_t / Σ_{s≥t} w_s}.
 *
 * <p>The weight of an hour is spread evenly within it. A day on which clocks change has 23 or 25
 * hours and weighs accordingly. Whole weeks between changes of the clock are counted at once, so a
 * flight of years costs no more than a few hundred additions.
 *
 * @see "Robust Budget Pacing with a Single Sample (targets per slot)"
 */
final class TrafficPlan implements SpendPlan {
  private static final long HOUR = 3_600_000L;
  private static final long WEEK = 168 * HOUR;

  /** The epoch began on a Thursday; the profile begins on Monday. */
  private static final long EPOCH_HOUR_OF_WEEK = 72;

  private final double[] hourly;
  private final double weekly;
  private final ZoneRules rules;

  // The weight from the last asked moment to the end is asked again and again for the same end.
  private long cachedFrom = Long.MIN_VALUE;
  private long cachedEnd = Long.MIN_VALUE;
  private double cachedWeight;

  TrafficPlan(List<Double> weeklyProfile, ZoneId zone) {
    hourly = new double[weeklyProfile.size()];
    double sum = 0;
    for (int i = 0; i < hourly.length; i++) {
      hourly[i] = weeklyProfile.get(i);
      sum += hourly[i];
    }
    weekly = sum;
    rules = zone.getRules();
  }

  @Override
  public double share(long from, long to, long end) {
    if (to >= end) {
      return 1;
    }
    double moment = weight(from, to);
    double left = moment + weightToEnd(to, end);
    // Where no traffic is expected until the end, what is left is spread evenly.
    return left > 0 ? moment / left : (double) (to - from) / (end - from);
  }

  private double weightToEnd(long from, long end) {
    long anchor = Math.min(end, (Math.floorDiv(from, HOUR) + 1) * HOUR);
    if (cachedFrom != anchor || cachedEnd != end) {
      cachedFrom = anchor;
      cachedEnd = end;
      cachedWeight = weight(anchor, end);
    }
    return weight(from, anchor) + cachedWeight;
  }

  /** Expected traffic in [from, to), in units of the profile. */
  double weight(long from, long to) {
    double sum = 0;
    long t = from;
    while (t < to) {
      long weeks = wholeWeeks(t, to);
      if (weeks > 0) {
        sum += weekly * weeks;
        t += weeks * WEEK;
        continue;
      }
      long local = t + offsetMillis(t);
      long hourEnd = Math.min(to, t + HOUR - Math.floorMod(local, HOUR));
      int hour = (int) Math.floorMod(Math.floorDiv(local, HOUR) + EPOCH_HOUR_OF_WEEK, 168L);
      sum += hourly[hour] * ((double) (hourEnd - t) / HOUR);
      t = hourEnd;
    }
    return sum;
  }

  /** Number of whole weeks after {@code from} in which no clock changes. */
  private long wholeWeeks(long from, long to) {
    if (to - from < WEEK) {
      return 0;
    }
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochMilli(from));
    long until = next == null ? to : Math.min(to, next.toEpochSecond() * 1000);
    return (until - from) / WEEK;
  }

  private long offsetMillis(long t) {
    return rules.getOffset(Instant.ofEpochMilli(t)).getTotalSeconds() * 1000L;
  }
}
