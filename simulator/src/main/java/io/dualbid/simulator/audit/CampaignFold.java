package io.dualbid.simulator.audit;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.PacingConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one campaign: a fold of its bids and outcomes that shares no code with
 * the engine's ledgers, so that the two can be held against each other.
 */
public final class CampaignFold {
  private final String id;
  private final PacingConfig pacing;
  private final long winWindowMillis;

  /** Valid bids that are no repetitions, in the order of the journal. */
  private final List<Promise> promises = new ArrayList<>();

  /** The same by id, oldest first: an id may come back once its bid is remembered no longer. */
  private final Map<BidId, List<Promise>> byId = new HashMap<>();

  /** When a click, conversion or correction was appended that others may repeat. */
  private final Map<OutcomeKey, Long> told = new HashMap<>();

  /** For how long that is, under each of the definitions. */
  private final TreeSet<Long> memories = new TreeSet<>();

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
  private long doubts;
  private long doubtful;

  /** What a click, conversion or correction is recognised by. */
  private record OutcomeKey(BidId bid, String id) {}

  /** A valid bid and what became of it. */
  private static final class Promise {
    final Bid bid;
    final long offset;
    final long appendMillis;

    /** What a click on it is charged; null where it pays for the impression. */
    final ClickFold.@Nullable Impression impression;

    boolean closed;
    boolean lost;

    /** Whether an outcome may have been taken for its or not. */
    boolean doubtful;

    Promise(Bid bid, long offset, long appendMillis, ClickFold.@Nullable Impression impression) {
      this.bid = bid;
      this.offset = offset;
      this.appendMillis = appendMillis;
      this.impression = impression;
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

  CampaignFold(String id, PacingConfig pacing) {
    this.id = id;
    this.pacing = pacing;
    winWindowMillis = pacing.winWindowMillis() + pacing.clockSkewMillis();
  }

  void define(Campaign definition) {
    campaign = definition;
    memories.add(pacing.outcomeMemoryMillis(definition));
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

  /** Folds in a bid; all bids come before all outcomes, each in the order of the journal. */
  void bid(Bid bid, long offset, long appendMillis) {
    if (!bid.validAt(appendMillis)) {
      return;
    }
    List<Promise> before = byId.computeIfAbsent(bid.id(), unseen -> new ArrayList<>(1));
    if (!before.isEmpty() && isRemembered(before.get(before.size() - 1), appendMillis)) {
      duplicates++;
      return;
    }
    Promise promise = new Promise(bid, offset, appendMillis, paidClicks.bid(bid, offset));
    before.add(promise);
    promises.add(promise);
    bids++;
    multiplierSum += bid.multiplier();
  }

  private boolean isRemembered(Promise promise, long timeMillis) {
    return timeMillis <= pacing.rememberedUntil(promise.bid.deadlineMillis());
  }

  /** Folds in an outcome whose append time is borne out. */
  void outcome(Outcome outcome, long offset, long appendMillis) {
    outcome(outcome, offset, appendMillis, appendMillis);
  }

  /**
   * Folds in an outcome; all come in the order of the journal.
   *
   * @param appendMillis when the broker says that it appended it; whether a click is charged and
   *     whether it is repeated goes by this
   * @param timeMillis when that was, as far as bidders' clocks bear it out; what was committed when
   *     goes by this, and which bid a win or loss is of
   */
  void outcome(Outcome outcome, long offset, long appendMillis, long timeMillis) {
    List<Promise> named = byId.getOrDefault(outcome.bidId(), List.of());
    if (outcome.kind() == Kind.WIN || outcome.kind() == Kind.LOSS) {
      notice(named, outcome, offset, timeMillis);
      return;
    }
    if (isRepeated(outcome, appendMillis)) {
      duplicates++;
      return;
    }
    later.add(outcome);
    laterOffsets.add(offset);
    laterTimes.add(timeMillis);
    strictReturn.corrected(outcome, timeMillis);
    realisedValue += outcome.value();
    if (outcome.kind() == Kind.CLICK) {
      clicks++;
      click(named, offset, appendMillis);
    }
    conversions += outcome.kind() == Kind.CONVERSION ? 1 : 0;
  }

  private void notice(List<Promise> named, Outcome outcome, long offset, long timeMillis) {
    Promise meant = meant(named, timeMillis);
    if (meant != null) {
      if (isTooEarly(meant, timeMillis)) {
        doubt(meant);
      }
      doubtSilentBefore(named, meant);
      if (meant.closed) {
        duplicates++;
      } else {
        close(meant, outcome, offset, timeMillis);
      }
    } else if (doubtSilentBefore(named, null)
        || named.stream().anyMatch(promise -> mayBeClicked(promise, timeMillis))) {
      duplicates++;
    } else {
      unmatched++;
    }
  }

  private void doubt(Promise promise) {
    doubts++;
    promise.doubtful = true;
  }

  /**
   * A bid without an outcome may take one that comes later than it is remembered, if its time has
   * not been passed by all that is read.
   *
   * @param meant the bid that the outcome is of, which isn't asked for unless there are such before
   * @return whether there are any
   */
  private boolean doubtSilentBefore(List<Promise> named, @Nullable Promise meant) {
    boolean any = false;
    for (Promise promise : named) {
      if (promise.equals(meant)) {
        break;
      }
      if (!promise.closed) {
        doubt(promise);
        any = true;
      }
    }
    if (any && meant != null) {
      doubt(meant);
    }
    return any;
  }

  /**
   * A win or loss is of the first bid of its id that was remembered then, or that has no outcome,
   * pays by the click and may still be clicked.
   */
  private @Nullable Promise meant(List<Promise> named, long appendMillis) {
    for (Promise promise : named) {
      if (isRemembered(promise, appendMillis)
          || (!promise.closed && mayBeClicked(promise, appendMillis))) {
        return promise;
      }
    }
    return null;
  }

  private static boolean mayBeClicked(Promise promise, long appendMillis) {
    ClickFold.Impression impression = promise.impression;
    return impression != null && impression.chargesAt(appendMillis);
  }

  /** Whether an outcome was appended before its bid by more than clocks may differ. */
  private boolean isTooEarly(Promise promise, long appendMillis) {
    return appendMillis < promise.appendMillis - pacing.clockSkewMillis();
  }

  private boolean isRepeated(Outcome outcome, long appendMillis) {
    OutcomeKey key = new OutcomeKey(outcome.bidId(), outcome.id());
    Long first = told.get(key);
    if (first != null) {
      long passed = appendMillis - first;
      boolean afterOne = passed > leastMemory();
      if (passed <= mostMemory()) {
        // Between two definitions that differ in it, it depends on when each was read.
        doubtful += afterOne ? 1 : 0;
        return true;
      }
    }
    told.put(key, appendMillis);
    return false;
  }

  private long leastMemory() {
    return memories.isEmpty() ? pacing.outcomeMemoryMillis(null) : memories.first();
  }

  private long mostMemory() {
    return memories.isEmpty() ? pacing.outcomeMemoryMillis(null) : memories.last();
  }

  /**
   * A click is of the first bid of its id that pays by it, was not clicked and has not lost, up to
   * the first that was remembered then.
   */
  private void click(List<Promise> named, long offset, long appendMillis) {
    ClickFold.Impression last = null;
    for (Promise promise : named) {
      ClickFold.Impression impression = promise.impression;
      if (impression != null && !promise.lost) {
        last = impression;
        if (paidClicks.click(impression, offset, appendMillis)) {
          if (isTooEarly(promise, appendMillis)) {
            doubt(promise);
          }
          return;
        }
      }
      if (isRemembered(promise, appendMillis)) {
        break;
      }
    }
    if (last != null) {
      paidClicks.inVain(last, appendMillis);
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
    for (Promise promise : promises) {
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
    long doubtfulBids = 0;
    long doubtfulNanos = 0;
    for (Promise promise : promises) {
      if (promise.offset <= bidsEnd) {
        folded++;
        open = Math.addExact(open, committed(promise.bid));
        doubtfulBids += promise.doubtful ? 1 : 0;
        doubtfulNanos += promise.doubtful ? mostCharged(promise) : 0;
      }
    }
    long spent = 0;
    long won = 0;
    long late = 0;
    for (Closing closing : closings) {
      if (closing.promise.offset <= bidsEnd
          && closing.offset <= outcomesEnd
          && !closing.promise.doubtful) {
        open -= committed(closing.promise.bid);
        spent = Math.addExact(spent, closing.chargeNanos);
        won += closing.win ? 1 : 0;
        long end = closing.promise.bid.deadlineMillis() + winWindowMillis;
        late += closing.win && closing.time > end ? 1 : 0;
      }
    }
    // Charged as late before it was would mean that its money had been let go too early.
    if (update.totals().lateWins() > late + doubtfulBids) {
      differ(differences, "late wins, at most", late, update.totals().lateWins());
    }
    differ(differences, "bids", folded, update.totals().bids());
    differ(differences, "wins", won, won + doubtfulBids, update.totals().wins());
    compareLater(differences, update);
    if (paidClicks.isEmpty()) {
      differ(
          differences,
          "spent nanos",
          spent,
          Math.addExact(spent, doubtfulNanos),
          update.ledger().spentNanos());
    } else {
      paidClicks
          .differences(update, spent, doubtfulBids + doubtful, doubtfulNanos)
          .forEach(difference -> differences.add(id + ": " + difference));
    }
    // Of the open ones some may have run out of their window already.
    if (update.ledger().reservedNanos() > open) {
      differ(differences, "reserved nanos, at most", open, update.ledger().reservedNanos());
    }
    return differences;
  }

  /** What clicks, conversions and corrections came to. */
  private void compareLater(List<String> differences, PacingUpdate update) {
    Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    long broughtNanos = 0;
    for (int i = 0; i < later.size(); i++) {
      if (laterOffsets.get(i) <= update.position().outcomes()) {
        counts.merge(later.get(i).kind(), 1L, Long::sum);
        broughtNanos = bounded(broughtNanos + bounded((long) (later.get(i).value() * 1e9)));
      }
    }
    long clickCount = counts.getOrDefault(Kind.CLICK, 0L);
    differ(differences, "clicks", clickCount, clickCount + doubtful, update.totals().clicks());
    long conversionCount = counts.getOrDefault(Kind.CONVERSION, 0L);
    differ(
        differences,
        "conversions",
        conversionCount,
        conversionCount + doubtful,
        update.totals().conversions());
    long correctionCount = counts.getOrDefault(Kind.CORRECTION, 0L);
    differ(
        differences,
        "corrections",
        correctionCount,
        correctionCount + doubtful,
        update.totals().corrections());
    double brought = Money.units(broughtNanos);
    double told = update.totals().realisedValue();
    if (doubtful == 0 && Math.abs(brought - told) > 1e-6 * Math.max(1, Math.abs(brought))) {
      differences.add(
          id + ": realised value: " + brought + " by the journal, " + told + " published");
    }
  }

  /** Values that others tell are added up within these bounds, in the order of the journal. */
  private static long bounded(long nanos) {
    return Math.max(-Long.MAX_VALUE / 4, Math.min(Long.MAX_VALUE / 4, nanos));
  }

  private static long mostCharged(Promise promise) {
    ClickFold.Impression impression = promise.impression;
    return impression == null ? promise.bid.amountNanos() : impression.priceNanos();
  }

  private static long committed(Bid bid) {
    return bid.paysPerClick() ? 0 : bid.amountNanos();
  }

  private void differ(List<String> differences, String what, long journal, long ledger) {
    differ(differences, what, journal, journal, ledger);
  }

  private void differ(
      List<String> differences, String what, long least, long most, long published) {
    if (published < least || published > most) {
      String journal = least == most ? String.valueOf(least) : least + " to " + most;
      differences.add(
          id + ": " + what + ": " + journal + " by the journal, " + published + " published");
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
    for (Promise promise : promises) {
      drawn.merge(
          promise.bid.leaseId(),
          new Drawn(promise.bid.reservedNanos(), promise.appendMillis),
          Drawn::plus);
    }
    return drawn;
  }

  /** How many bids had no outcome yet that could still come in time at {@code eventMillis}. */
  long openAt(long eventMillis) {
    return promises.stream()
        .filter(p -> !p.closed && eventMillis <= p.bid.deadlineMillis() + winWindowMillis)
        .count();
  }

  /**
   * Everything that the numbers of this fold are sums of, at the append times of the journal: bids,
   * then wins and losses, then clicks, conversions and corrections, then what clicks were charged.
   */
  public List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    for (Promise promise : promises) {
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
    return promises.stream().mapToLong(p -> p.bid.amountNanos()).average().orElse(Double.NaN);
  }

  /** Mean of the multipliers that bids were made with, or NaN. */
  public double meanMultiplier() {
    return multiplierSum / bids;
  }

  long duplicates() {
    return duplicates + paidClicks.repeated();
  }

  /** How often an outcome may have been taken for that of a bid or not. */
  long doubts() {
    return doubts;
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
