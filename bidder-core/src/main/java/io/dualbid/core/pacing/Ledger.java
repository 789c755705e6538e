package io.dualbid.core.pacing;

import io.dualbid.core.model.LedgerSummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The money of one campaign: a lifetime budget and, where the campaign has a daily budget, one more
 * limit for each day that still matters. Both are hard.
 *
 * <p>Every amount belongs to the day on which it was leased, so a bid before midnight that wins
 * after it is charged to the day before. Days are numbered from the epoch in the campaign's zone by
 * the caller. The states of an amount:
 *
 * <pre>
 *   free --lease--> leased --reserve--> reserved --settle--> spent (the price) + free (the rest)
 *     ^               |                    |
 *     +----expire-----+------release-------+
 * </pre>
 *
 * <p>Where clicks are paid for, what impressions are expected to be charged is kept beside (see
 * {@link Expectation}), and a click is charged its price or what both limits leave of it.
 *
 * <p>All amounts in nanos. Each change checks {@code spent + reserved + leased ≤ ceiling} and
 * throws {@link LedgerBreach} if it doesn't hold. O(log days); not thread safe.
 */
public final class Ledger {
  private final SpendCap lifetime;
  private @Nullable Long dailyLimit;
  private final TreeMap<Long, SpendCap> days = new TreeMap<>();

  /**
   * An untouched ledger.
   *
   * @param budget lifetime budget, at least 0
   * @param dailyBudget budget of each day, or null
   */
  public Ledger(long budget, @Nullable Long dailyBudget) {
    this(new SpendCap(budget), dailyBudget);
  }

  private Ledger(SpendCap lifetime, @Nullable Long dailyLimit) {
    this.lifetime = lifetime;
    this.dailyLimit = dailyLimit;
  }

  /** Sets both budgets in flight. What is committed stays so; no more is where that is too much. */
  public void setBudgets(long budget, @Nullable Long dailyBudget) {
    lifetime.setLimit(budget);
    dailyLimit = dailyBudget;
    if (dailyBudget == null) {
      // Amounts of open days must still find their day; it just doesn't limit any more.
      days.values().forEach(day -> day.setLimit(Long.MAX_VALUE));
    } else {
      days.values().forEach(day -> day.setLimit(dailyBudget));
    }
  }

  /** What may be leased on {@code day}. */
  public long available(long day) {
    return Math.min(lifetime.available(), availableToday(day));
  }

  /** What the daily budget leaves for {@code day}; {@link Long#MAX_VALUE} without one. */
  public long availableToday(long day) {
    Long limit = dailyLimit;
    if (limit == null) {
      return Long.MAX_VALUE;
    }
    SpendCap today = days.get(day);
    return today == null ? limit : today.available();
  }

  /** What was charged to {@code day}; 0 for days that are not kept. */
  public long spentOn(long day) {
    SpendCap cap = days.get(day);
    return cap == null ? 0 : cap.spent();
  }

  /** Free money becomes leased. */
  public void lease(long day, long amount) {
    SpendCap today = day(day);
    if (amount > Math.min(lifetime.available(), today.available())) {
      throw new LedgerBreach("lease of " + amount + " above what is available", summary());
    }
    lifetime.lease(amount);
    today.lease(amount);
  }

  /** Leased money becomes reserved for a bid. */
  public void reserve(long day, long amount) {
    lifetime.reserve(amount);
    day(day).reserve(amount);
  }

  /** Money reserved for a bid becomes spent up to {@code price}, and free beyond. */
  public void settle(long day, long amount, long price) {
    lifetime.settle(amount, price);
    day(day).settle(amount, price);
  }

  /** Money reserved for a bid becomes free. */
  public void release(long day, long amount) {
    lifetime.release(amount);
    day(day).release(amount);
  }

  /** What is left of a lease becomes free. */
  public void expire(long day, long amount) {
    lifetime.expire(amount);
    day(day).expire(amount);
  }

  /** Reserves for a bid of the past whose lease is not known any more. */
  public void recover(long day, long amount) {
    lifetime.recover(amount);
    day(day).recover(amount);
  }

  /** Charges a win that came after its reservation had ended. */
  public void chargeLate(long day, long price) {
    lifetime.chargeLate(price);
    day(day).chargeLate(price);
  }

  /** Free money is leased for what clicks are expected to be charged. */
  void expectLease(long day, long amount) {
    SpendCap today = day(day);
    if (amount > Math.min(lifetime.available(), today.available())) {
      throw new LedgerBreach("lease of " + amount + " above what is available", summary());
    }
    lifetime.expected().lease(amount);
    today.expected().lease(amount);
  }

  /** What is left of such a lease is free again. */
  void expectNoLease(long day, long amount) {
    lifetime.expected().expire(amount);
    day(day).expected().expire(amount);
  }

  /** A bid that pays by the click was drawn from such a lease. */
  void expectBid(long day, long amount, long untilMillis) {
    lifetime.expected().bid(amount, untilMillis);
    day(day).expected().bid(amount, untilMillis);
  }

  /** The same for a bid of the past whose lease is not known any more. */
  void expectLostBid(long day, long amount, long untilMillis) {
    lifetime.expected().recover(amount, untilMillis);
    day(day).expected().recover(amount, untilMillis);
  }

  /** Such a bid came to nothing. */
  void expectNoBid(long day, long amount) {
    lifetime.expected().lose(amount);
    day(day).expected().lose(amount);
  }

  /** Such a bid was won: a click on it is under way. */
  void expectClick(long day, long amount) {
    lifetime.expected().win(amount);
    day(day).expected().win(amount);
  }

  /** The same for a bid that nothing was expected of any more. */
  void expectLateClick(long day, long amount) {
    lifetime.expected().winLate(amount);
    day(day).expected().winLate(amount);
  }

  /** The click has come, or won't. */
  void expectNoClick(long day, long amount) {
    lifetime.expected().resolve(amount);
    day(day).expected().resolve(amount);
  }

  /**
   * Charges a click.
   *
   * @return what it was charged: its price, or what both limits leave
   */
  long chargeClick(long day, long price) {
    SpendCap today = day(day);
    long charge = Math.min(price, Math.min(lifetime.chargeable(), today.chargeable()));
    lifetime.chargeClick(charge);
    today.chargeClick(charge);
    return charge;
  }

  /** Drops days before {@code today} on which nothing is open at {@code nowMillis}. */
  public void forgetDaysBefore(long today, long nowMillis) {
    days.headMap(today).values().removeIf(day -> !day.isOpen(nowMillis));
  }

  /** The lifetime amounts. */
  public LedgerSummary summary() {
    return lifetime.summary();
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    lifetime.write(out);
    Long limit = dailyLimit;
    out.writeBoolean(limit != null);
    if (limit != null) {
      out.writeLong(limit);
    }
    out.writeInt(days.size());
    for (Map.Entry<Long, SpendCap> day : days.entrySet()) {
      out.writeLong(day.getKey());
      day.getValue().write(out);
    }
  }

  /**
   * Makes sure that what was read are amounts that changes come to.
   *
   * @throws LedgerBreach if they aren't
   */
  public void requireSound() {
    lifetime.requireSound();
    days.values().forEach(SpendCap::requireSound);
  }

  /**
   * Reads what {@link #write} wrote. A ledger that was broken is read as it was, so that the one
   * campaign stays halted and the others go on: who relies on it asks {@link #requireSound}.
   *
   * @param format the version of the state that it is part of
   */
  public static Ledger read(int format, DataInput in) throws IOException {
    SpendCap lifetime = SpendCap.read(format, in);
    Ledger ledger = new Ledger(lifetime, in.readBoolean() ? in.readLong() : null);
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      ledger.days.put(in.readLong(), SpendCap.read(format, in));
    }
    return ledger;
  }

  private SpendCap day(long day) {
    Long limit = dailyLimit;
    return days.computeIfAbsent(day, d -> new SpendCap(limit == null ? Long.MAX_VALUE : limit));
  }
}
