package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one campaign: a fold of its bids and outcomes that shares no code with
 * the engine's ledgers, so that the two can be held against each other.
 */
public final class CampaignFold {
  private final String id;
  private final long winWindowMillis;
  private final Map<BidId, Promise> promises = new LinkedHashMap<>();
  private final Set<String> outcomeIds = new HashSet<>();
  private final List<Closing> closings = new ArrayList<>();
  private final List<Outcome> later = new ArrayList<>();
  private final List<Long> laterOffsets = new ArrayList<>();
  private @Nullable Campaign campaign;
  private @Nullable PacingUpdate published;
  private boolean alwaysStrict = true;
  private long highestBudgetNanos;
  private @Nullable Long highestDailyNanos;
  private long bids;
  private long duplicates;
  private long unmatched;
  private long lateWins;
  private long wins;
  private long losses;
  private long clicks;
  private long conversions;
  private long spentNanos;
  private double value;
  private double multiplierSum;

  /** A valid bid and what became of it. */
  private static final class Promise {
    final Bid bid;
    final long offset;
    final long appendMillis;
    boolean closed;

    Promise(Bid bid, long offset, long appendMillis) {
      this.bid = bid;
      this.offset = offset;
      this.appendMillis = appendMillis;
    }
  }

  /** The end of a bid: what was charged, and where in the journal. */
  private record Closing(Promise promise, long chargeNanos, boolean win, long offset, long time) {}

  CampaignFold(String id, long winWindowMillis) {
    this.id = id;
    this.winWindowMillis = winWindowMillis;
  }

  void define(Campaign definition) {
    campaign = definition;
    alwaysStrict &= definition.strategy().strict();
    highestBudgetNanos = Math.max(highestBudgetNanos, definition.budgetNanos());
    Long daily = definition.dailyBudgetNanos();
    Long highest = highestDailyNanos;
    if (daily != null) {
      highestDailyNanos = highest == null ? daily : Long.valueOf(Math.max(highest, daily));
    }
  }

  void publish(PacingUpdate update) {
    PacingUpdate before = published;
    if (before == null || update.epoch() >= before.epoch()) {
      published = update;
    }
  }

  /** Folds in a bid; all bids come before all outcomes. */
  void bid(Bid bid, long offset, long appendMillis) {
    if (!bid.validAt(appendMillis)) {
      return;
    }
    if (promises.putIfAbsent(bid.id(), new Promise(bid, offset, appendMillis)) != null) {
      duplicates++;
      return;
    }
    bids++;
    multiplierSum += bid.multiplier();
  }

  /** Folds in an outcome. */
  void outcome(Outcome outcome, long offset, long appendMillis) {
    if (!outcomeIds.add(outcome.id())) {
      duplicates++;
      return;
    }
    if (outcome.kind() == Kind.CLICK || outcome.kind() == Kind.CONVERSION) {
      later.add(outcome);
      laterOffsets.add(offset);
      clicks += outcome.kind() == Kind.CLICK ? 1 : 0;
      conversions += outcome.kind() == Kind.CONVERSION ? 1 : 0;
      return;
    }
    Promise promise = promises.get(outcome.bidId());
    if (promise == null) {
      unmatched++;
    } else if (promise.closed) {
      duplicates++;
    } else {
      close(promise, outcome, offset, appendMillis);
    }
  }

  private void close(Promise promise, Outcome outcome, long offset, long appendMillis) {
    promise.closed = true;
    boolean win = outcome.kind() == Kind.WIN;
    long charge = win ? Math.min(outcome.priceNanos(), promise.bid.amountNanos()) : 0;
    closings.add(new Closing(promise, charge, win, offset, appendMillis));
    spentNanos = Math.addExact(spentNanos, charge);
    if (win) {
      wins++;
      value += promise.bid.value();
      lateWins += appendMillis > promise.bid.deadlineMillis() + winWindowMillis ? 1 : 0;
    } else {
      losses++;
    }
  }

  /** Rules that were broken, in words. */
  List<String> breaches() {
    List<String> breaches = new ArrayList<>();
    PacingUpdate update = published;
    if (update != null && update.problem() != null) {
      breaches.add(id + ": halted: " + update.problem());
    }
    if (update != null && update.ledger().committedNanos() > update.ledger().ceilingNanos()) {
      breaches.add(id + ": the published ledger commits more than its ceiling: " + update.ledger());
    }
    if (campaign == null) {
      if (bids > 0) {
        breaches.add(id + ": " + bids + " bids without a definition");
      }
      return breaches;
    }
    checkCommitments(breaches);
    checkDays(breaches);
    checkReturn(breaches);
    return breaches;
  }

  /**
   * Where the return on spend was kept strictly from the start, what wins earned was never less
   * than what they cost: wins in the order of their append times, those of one moment together.
   * Late wins are beyond what is promised.
   */
  private void checkReturn(List<String> breaches) {
    if (campaign == null || !alwaysStrict) {
      return;
    }
    Map<Long, Long> gains = new TreeMap<>();
    for (Closing closing : closings) {
      Bid bid = closing.promise.bid;
      boolean late = closing.time > bid.deadlineMillis() + winWindowMillis;
      if (closing.win && !late && bid.creditNanos() != Bid.NO_RETURN) {
        gains.merge(closing.time, bid.creditNanos() - closing.chargeNanos, Math::addExact);
      }
    }
    long slack = 0;
    for (Map.Entry<Long, Long> moment : gains.entrySet()) {
      slack = Math.addExact(slack, moment.getValue());
      if (slack < 0) {
        breaches.add(
            id + ": the return on spend falls short by " + -slack + " nanos at " + moment.getKey());
        return;
      }
    }
  }

  /**
   * Spent and reserved never exceed the highest budget there was, at any moment: bids and closings
   * in the order of their append times. Late wins are beyond what is promised.
   */
  private void checkCommitments(List<String> breaches) {
    record Step(long time, int order, long nanos) {}
    List<Step> steps = new ArrayList<>();
    for (Promise promise : promises.values()) {
      steps.add(new Step(promise.appendMillis, 1, promise.bid.amountNanos()));
      if (!promise.closed) {
        long end = promise.bid.deadlineMillis() + winWindowMillis;
        steps.add(new Step(end, 0, -promise.bid.amountNanos()));
      }
    }
    for (Closing closing : closings) {
      long amount = closing.promise.bid.amountNanos();
      long end = closing.promise.bid.deadlineMillis() + winWindowMillis;
      long time = Math.max(closing.promise.appendMillis, Math.min(closing.time, end));
      steps.add(new Step(time, 0, -amount));
      if (closing.time <= end) {
        steps.add(new Step(time, 0, closing.chargeNanos));
      }
    }
    steps.sort((a, b) -> a.time != b.time ? Long.compare(a.time, b.time) : a.order - b.order);
    long committed = 0;
    long most = 0;
    long mostTime = 0;
    for (Step step : steps) {
      committed = Math.addExact(committed, step.nanos);
      if (committed > most) {
        most = committed;
        mostTime = step.time;
      }
    }
    if (most > highestBudgetNanos) {
      breaches.add(
          id
              + ": spent and reserved reach "
              + most
              + " nanos at "
              + mostTime
              + ", the budget is "
              + highestBudgetNanos);
    }
  }

  private void checkDays(List<String> breaches) {
    Long daily = highestDailyNanos;
    if (daily == null) {
      return;
    }
    Map<Long, Long> spentByDay = new HashMap<>();
    for (Closing closing : closings) {
      if (closing.time <= closing.promise.bid.deadlineMillis() + winWindowMillis) {
        spentByDay.merge(closing.promise.bid.day(), closing.chargeNanos, Math::addExact);
      }
    }
    spentByDay.forEach(
        (day, spent) -> {
          if (spent > daily) {
            breaches.add(
                id + ": day " + day + " cost " + spent + " nanos, the daily budget is " + daily);
          }
        });
  }

  /** Where the published ledger differs from the journal as far as it had been folded in. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    PacingUpdate update = published;
    if (update == null) {
      if (bids > 0) {
        differences.add(id + ": " + bids + " bids, yet no ledger is published");
      }
      return differences;
    }
    long bidsEnd = update.position().bids();
    long outcomesEnd = update.position().outcomes();
    long folded = 0;
    long open = 0;
    for (Promise promise : promises.values()) {
      if (promise.offset <= bidsEnd) {
        folded++;
        open = Math.addExact(open, promise.bid.amountNanos());
      }
    }
    long spent = 0;
    long won = 0;
    for (Closing closing : closings) {
      if (closing.promise.offset <= bidsEnd && closing.offset <= outcomesEnd) {
        open -= closing.promise.bid.amountNanos();
        spent = Math.addExact(spent, closing.chargeNanos);
        won += closing.win ? 1 : 0;
      }
    }
    long clicked = 0;
    for (int i = 0; i < later.size(); i++) {
      clicked += later.get(i).kind() == Kind.CLICK && laterOffsets.get(i) <= outcomesEnd ? 1 : 0;
    }
    differ(differences, "bids", folded, update.totals().bids());
    differ(differences, "wins", won, update.totals().wins());
    differ(differences, "clicks", clicked, update.totals().clicks());
    differ(differences, "spent nanos", spent, update.ledger().spentNanos());
    // Of the open ones some may have run out of their window already.
    if (update.ledger().reservedNanos() > open) {
      differ(differences, "reserved nanos, at most", open, update.ledger().reservedNanos());
    }
    return differences;
  }

  private void differ(List<String> differences, String what, long journal, long ledger) {
    if (journal != ledger) {
      differences.add(
          id + ": " + what + ": " + journal + " by the journal, " + ledger + " published");
    }
  }

  /** What was bid from each lease, by the lease's id. */
  Map<Long, Long> drawnByLease() {
    Map<Long, Long> drawn = new HashMap<>();
    for (Promise promise : promises.values()) {
      drawn.merge(promise.bid.leaseId(), promise.bid.amountNanos(), Math::addExact);
    }
    return drawn;
  }

  /** The campaign's id. */
  public String id() {
    return id;
  }

  /** The definition in force, or null. */
  public @Nullable Campaign campaign() {
    return campaign;
  }

  /** The ledger as last published, or null. */
  public @Nullable PacingUpdate published() {
    return published;
  }

  /** Valid bids. */
  public long bids() {
    return bids;
  }

  /** Wins. */
  public long wins() {
    return wins;
  }

  /** Losses. */
  public long losses() {
    return losses;
  }

  /** Clicks. */
  public long clicks() {
    return clicks;
  }

  /** Conversions. */
  public long conversions() {
    return conversions;
  }

  /** What was charged. */
  public long spentNanos() {
    return spentNanos;
  }

  /** Expected value of the wins, in account currency. */
  public double value() {
    return value;
  }

  /** Mean of the multipliers that bids were made with, or NaN. */
  public double meanMultiplier() {
    return multiplierSum / bids;
  }

  long duplicates() {
    return duplicates;
  }

  long unmatched() {
    return unmatched;
  }

  long lateWins() {
    return lateWins;
  }
}
