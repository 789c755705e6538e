package io.dualbid.simulator.exchange;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.pacing.PacingConfig;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bids that an exchange has taken, for as long as the ledgers remember them: another of the
 * same id that is appended meanwhile is a repetition, a later one a bid of its own. Not thread
 * safe.
 */
final class TakenBids {
  private final PacingConfig pacing;
  private final Map<BidId, Taken> byId = new HashMap<>();
  private final ArrayDeque<Taken> inOrder = new ArrayDeque<>();
  private long newestMillis = Long.MIN_VALUE;

  private record Taken(BidId id, String campaign, long untilMillis) {}

  TakenBids(PacingConfig pacing) {
    this.pacing = pacing;
  }

  /**
   * Takes a valid bid.
   *
   * @param appendMillis when the broker appended it
   * @return null, or the campaign whose bid has been taken before, so that this one is not
   */
  @Nullable String take(Bid bid, long appendMillis) {
    Taken before = byId.get(bid.id());
    if (before != null && appendMillis <= before.untilMillis) {
      return before.campaign;
    }
    Taken taken = new Taken(bid.id(), bid.campaign(), pacing.rememberedUntil(bid.deadlineMillis()));
    byId.put(bid.id(), taken);
    inOrder.add(taken);
    newestMillis = Math.max(newestMillis, appendMillis);
    forget();
    return null;
  }

  /** Partitions are read at their own pace, so what has just ended may still be asked for. */
  private void forget() {
    long before = newestMillis - pacing.deduplicationMillis();
    for (Taken oldest = inOrder.peek();
        oldest != null && oldest.untilMillis < before;
        oldest = inOrder.peek()) {
      inOrder.remove();
      byId.remove(oldest.id, oldest);
    }
  }

  /** How many are remembered. */
  int size() {
    return byId.size();
  }
}
