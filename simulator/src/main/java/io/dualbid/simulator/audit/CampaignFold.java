package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final List<Long> laterTimes = new ArrayList<>();
  private final StrictReturn strictReturn = new StrictReturn();
  private final ClickFold paidClicks = new ClickFold();
  private @Nullable Campaign campaign;
  private @Nullable PacingUpdate published;
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
  private double realisedValue;
  private double multiplierSum;

  /** A valid bid and what became of it. */
  private static final class Promise {
    final Bid bid;
    final long offset;
    final long appendMillis;
    boolean closed;
    boolean lost;

    Promise(Bid bid, long offset, long appendMillis) {
      this.bid = bid;
      this.offset = offset;
      this.appendMillis = appendMillis;
    }
  }

  /** The end of a bid: what was charged, and where in the journal. */
  private record Closing(
      Promise promise,
      long chargeNanos,
      boolean win,
      long minimumToWinNanos,
      long offset,
      long time) {}

  CampaignFold(String id, long winWindowMillis) {
    this.id = id;
    this.winWindowMillis = winWindowMillis;
  }

  void define(Campaign definition) {
    campaign = definition;
    strictReturn.defined(definition);
    paidClicks.defined(definition);
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
    paidClicks.bid(bid, offset);
    multiplierSum += bid.multiplier();
  }

  /** Folds in an outcome whose append time is borne out. */
  void outcome(Outcome outcome, long offset, long appendMillis) {
    outcome(outcome, offset, appendMillis, appendMillis);
  }

  /**
   * Folds in an outcome.
   *
   * @param appendMillis when the broker says that it appended it; whether a click is charged goes
   *     by this
   * @param timeMillis when that was, as far as bidders' clocks bear it out; what was committed when
   *     goes by this
   */
  void outcome(Outcome outcome, long offset, long appendMillis, long timeMillis) {
    if (!outcomeIds.add(outcome.id())) {
      duplicates++;
      return;
    }
    if (outcome.kind() != Kind.WIN && outcome.kind() != Kind.LOSS) {
      later.add(outcome);
      laterOffsets.add(offset);
      laterTimes.add(timeMillis);
      strictReturn.corrected(outcome, timeMillis);
      realisedValue += outcome.value();
      if (outcome.kind() == Kind.CLICK) {
        clicks++;
        click(outcome.bidId(), offset, appendMillis);
      }
      conversions += outcome.kind() == Kind.CONVERSION ? 1 : 0;
      return;
    }
    Promise promise = promises.get(outcome.bidId());
    if (promise == null) {
      unmatched++;
    } else if (promise.closed) {
      duplicates++;
    } else {
      close(promise, outcome, offset, timeMillis);
    }
  }

  /** A click on a bid that had lost before is none. */
  private void click(BidId id, long offset, long appendMillis) {
    Promise promise = promises.get(id);
    if (promise != null && !promise.lost) {
      paidClicks.click(id, offset, appendMillis);
    }
  }

  private void close(Promise promise, Outcome outcome, long offset, long timeMillis) {
    promise.closed = true;
    boolean win = outcome.kind() == Kind.WIN;
    promise.lost = !win;
    long charge =
        win && !promise.bid.paysPerClick()
            ? Math.min(outcome.priceNanos(), promise.bid.amountNanos())
            : 0;
    closings.add(
        new Closing(promise, charge, win, outcome.minimumToWinNanos(), offset, timeMillis));
    spentNanos = Math.addExact(spentNanos, charge);
    if (win) {
      wins++;
      value += promise.bid.value();
      boolean late = timeMillis > promise.bid.deadlineMillis() + winWindowMillis;
      if (!late && promise.bid.creditNanos() != Bid.NO_RETURN) {
        strictReturn.won(timeMillis, promise.bid.creditNanos(), charge);
      }
      lateWins += late ? 1 : 0;
    } else {
      losses++;
    }
  }

  /** Rules that were broken, in words, where the whole journal is folded in. */
  List<String> breaches() {
    return breaches(Long.MAX_VALUE);
  }

  /**
   * Rules that were broken, in words.
   *
   * @param eventMillis up to here, without it, the journal is folded in whole; beyond it a bid may
   *     be there without the outcome that ended it
   */
  List<String> breaches(long eventMillis) {
    List<String> breaches = new ArrayList<>();
    PacingUpdate update = published;
    if (update != null && update.problem() != null) {
      breaches.add(id + ": halted: " + update.problem());
    }
    if (update != null && update.ledger().committedNanos() > update.ledger().ceilingNanos()) {
      breaches.add(id + ": the published ledger commits more than its ceiling: " + update.ledger());
    }
    if (update != null) {
      paidClicks.breaches(update).forEach(breach -> breaches.add(id + ": " + breach));
    }
    if (campaign == null) {
      if (bids > 0) {
        breaches.add(id + ": " + bids + " bids without a definition");
      }
      return breaches;
    }
    checkCommitments(breaches, eventMillis);
    checkDays(breaches);
    String shortfall = strictReturn.breach();
    if (shortfall != null) {
      breaches.add(id + ": " + shortfall);
    }
    return breaches;
  }

  /**
   * Spent and reserved never exceed the highest budget there was, at any moment: bids and closings
   * in the order of their append times. Late wins are beyond what is promised.
   *
   * @param eventMillis no moment from here on is looked at
   */
  private void checkCommitments(List<String> breaches, long eventMillis) {
    record Step(long time, int order, long nanos) {}
    List<Step> steps = new ArrayList<>();
    for (Promise promise : promises.values()) {
      if (promise.bid.paysPerClick()) {
        // It promises no money: its click is charged what is left.
        continue;
      }
      steps.add(new Step(promise.appendMillis, 1, promise.bid.amountNanos()));
      if (!promise.closed) {
        long end = promise.bid.deadlineMillis() + winWindowMillis;
        steps.add(new Step(end, 0, -promise.bid.amountNanos()));
      }
    }
    for (Closing closing : closings) {
      if (closing.promise.bid.paysPerClick()) {
        continue;
      }
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
      if (committed > most && step.time < eventMillis) {
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
        open = Math.addExact(open, committed(promise.bid));
      }
    }
    long spent = 0;
    long won = 0;
    long late = 0;
    for (Closing closing : closings) {
      if (closing.promise.offset <= bidsEnd && closing.offset <= outcomesEnd) {
        open -= committed(closing.promise.bid);
        spent = Math.addExact(spent, closing.chargeNanos);
        won += closing.win ? 1 : 0;
        long end = closing.promise.bid.deadlineMillis() + winWindowMillis;
        late += closing.win && closing.time > end ? 1 : 0;
      }
    }
    // Charged as late before it was would mean that its money had been let go too early.
    if (update.totals().lateWins() > late) {
      differ(differences, "late wins, at most", late, update.totals().lateWins());
    }
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    double brought = 0;
    for (int i = 0; i < later.size(); i++) {
      if (laterOffsets.get(i) <= outcomesEnd) {
        counts.merge(later.get(i).kind(), 1L, Long::sum);
        brought += later.get(i).value();
      }
    }
    differ(differences, "bids", folded, update.totals().bids());
    differ(differences, "wins", won, update.totals().wins());
    differ(differences, "clicks", counts.getOrDefault(Kind.CLICK, 0L), update.totals().clicks());
    long conversionCount = counts.getOrDefault(Kind.CONVERSION, 0L);
    differ(differences, "conversions", conversionCount, update.totals().conversions());
    long correctionCount = counts.getOrDefault(Kind.CORRECTION, 0L);
    differ(differences, "corrections", correctionCount, update.totals().corrections());
    double told = update.totals().realisedValue();
    // Each value is rounded to a nano in the ledger, and sums of doubles differ in their last bits.
    if (Math.abs(brought - told) > 1e-6 * Math.max(1, Math.abs(brought))) {
      differences.add(
          id + ": realised value: " + brought + " by the journal, " + told + " published");
    }
    if (paidClicks.isEmpty()) {
      differ(differences, "spent nanos", spent, update.ledger().spentNanos());
    } else {
      paidClicks
          .differences(update, spent)
          .forEach(difference -> differences.add(id + ": " + difference));
    }
    // Of the open ones some may have run out of their window already.
    if (update.ledger().reservedNanos() > open) {
      differ(differences, "reserved nanos, at most", open, update.ledger().reservedNanos());
    }
    return differences;
  }

  private static long committed(Bid bid) {
    return bid.paysPerClick() ? 0 : bid.amountNanos();
  }

  private void differ(List<String> differences, String what, long journal, long ledger) {
    if (journal != ledger) {
      differences.add(
          id + ": " + what + ": " + journal + " by the journal, " + ledger + " published");
    }
  }

  /**
   * What was bid from a lease.
   *
   * @param nanos the sum
   * @param firstMillis when the first of these bids was appended
   */
  record Drawn(long nanos, long firstMillis) {
    Drawn plus(Drawn other) {
      return new Drawn(Math.addExact(nanos, other.nanos), Math.min(firstMillis, other.firstMillis));
    }
  }

  /** What was bid from each lease, by the lease's id. */
  Map<Long, Drawn> drawnByLease() {
    Map<Long, Drawn> drawn = new HashMap<>();
    for (Promise promise : promises.values()) {
      drawn.merge(
          promise.bid.leaseId(),
          new Drawn(promise.bid.reservedNanos(), promise.appendMillis),
          Drawn::plus);
    }
    return drawn;
  }

  /** How many bids had no outcome yet that could still come in time at {@code eventMillis}. */
  long openAt(long eventMillis) {
    return promises.values().stream()
        .filter(p -> !p.closed && eventMillis <= p.bid.deadlineMillis() + winWindowMillis)
        .count();
  }

  /**
   * Everything that the numbers of this fold are sums of, at the append times of the journal: bids,
   * then wins and losses, then clicks, conversions and corrections, then what clicks were charged.
   */
  public List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    for (Promise promise : promises.values()) {
      entries.add(JournalEntry.bid(promise.bid, promise.appendMillis));
    }
    for (Closing closing : closings) {
      Bid bid = closing.promise.bid;
      entries.add(
          closing.win
              ? JournalEntry.win(bid, closing.time, closing.chargeNanos)
              : JournalEntry.loss(bid, closing.time, closing.minimumToWinNanos));
    }
    for (int i = 0; i < later.size(); i++) {
      entries.add(JournalEntry.later(later.get(i), laterTimes.get(i)));
    }
    paidClicks.charges((time, nanos) -> entries.add(JournalEntry.charge(time, nanos)));
    return entries;
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

  /** Clicks that came when nothing was left to pay for them, and were charged nothing. */
  public long freeClicks() {
    return paidClicks.cost().free();
  }

  /** What was charged, for impressions and for clicks. */
  public long spentNanos() {
    return Math.addExact(spentNanos, paidClicks.cost().spentNanos());
  }

  /** Expected value of the wins, in account currency. */
  public double value() {
    return value;
  }

  /** What clicks and conversions have brought, corrections included, in account currency. */
  public double realisedValue() {
    return realisedValue;
  }

  /** Mean of the valid bids, in nanos, or NaN. */
  public double meanBidNanos() {
    return promises.values().stream()
        .mapToLong(p -> p.bid.amountNanos())
        .average()
        .orElse(Double.NaN);
  }

  /** Mean of the multipliers that bids were made with, or NaN. */
  public double meanMultiplier() {
    return multiplierSum / bids;
  }

  long duplicates() {
    return duplicates + paidClicks.repeated();
  }

  long unmatched() {
    return unmatched;
  }

  long lateWins() {
    return lateWins;
  }

  long lateClicks() {
    return paidClicks.late();
  }
}
