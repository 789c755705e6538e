package io.dualbid.simulator.audit;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether a return on spend that was kept strictly from the start ever fell short: what wins
 * earned, as predicted, less what they cost, in the order of append times, those of one moment
 * together.
 *
 * <p>Late wins are beyond what is promised. So is a prediction that is corrected downwards: it is a
 * fact of the past, and left aside. One corrected upwards may have been spent since, and counts. A
 * campaign that was ever defined otherwise, with or without a return, is not held to it.
 */
final class StrictReturn {
  /** More slack than this is as good as any, and leaves room to add to it. */
  private static final long MOST = Long.MAX_VALUE / 4;

  private final Map<Long, Long> gains = new TreeMap<>();
  private final Map<Long, Double> corrections = new TreeMap<>();
  private boolean always = true;
  private double lowestTarget = Double.POSITIVE_INFINITY;

  /** The campaign was defined so. */
  void defined(Campaign definition) {
    always &= definition.strategy().strict();
    lowestTarget = Math.min(lowestTarget, definition.strategy().targetRos());
  }

  /** A win in time earned {@code creditNanos}. */
  void won(long appendMillis, long creditNanos, long chargeNanos) {
    gains.merge(appendMillis, creditNanos - chargeNanos, Math::addExact);
  }

  /** A value was corrected. */
  void corrected(Outcome correction, long appendMillis) {
    if (correction.expectedValue() > 0) {
      corrections.merge(appendMillis, correction.expectedValue(), Double::sum);
    }
  }

  /** The first moment at which it fell short, in words, or null. */
  @Nullable String breach() {
    if (!always || lowestTarget == Double.POSITIVE_INFINITY) {
      return null;
    }
    Map<Long, Long> moments = new TreeMap<>(gains);
    corrections.forEach(
        (time, value) ->
            moments.merge(
                time, Math.min(MOST, Money.floorNanos(value / lowestTarget)), Math::addExact));
    long slack = 0;
    for (Map.Entry<Long, Long> moment : moments.entrySet()) {
      slack = Math.min(MOST, Math.addExact(slack, moment.getValue()));
      if (slack < 0) {
        return "the return on spend falls short by " + -slack + " nanos at " + moment.getKey();
      }
    }
    return null;
  }
}
