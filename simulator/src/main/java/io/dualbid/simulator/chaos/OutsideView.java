package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.chaos.SimulatedLog.Entry;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What a finance department sees: looks at every record as it is appended, by a clock that is
 * right, knows nothing of the engine's ledgers, and holds what is promised and charged against the
 * budget at each step, and against the budget of its day by a calendar of its own.
 */
final class OutsideView {
  private final Timeline time;
  private final Topics topics;
  private final long windowMillis;
  private final long mostAheadMillis;
  private final Map<String, Account> accounts = new HashMap<>();
  private final List<String> breaches = new ArrayList<>();
  private final List<Long> recoveries = new ArrayList<>();
  private long brokenSince = -1;
  private long bids;
  private long wins;
  private long spentNanos;
  private long fingerprint;

  /** One campaign as seen from outside. */
  private static final class Account {
    final Map<BidId, Promise> open = new HashMap<>();
    final PriorityQueue<Promise> ends = new PriorityQueue<>();
    final Set<BidId> seen = new HashSet<>();
    final Map<Long, Long> heldByDay = new HashMap<>();
    long budgetNanos;
    long dailyNanos = Long.MAX_VALUE;
    ZoneId zone = ZoneOffset.UTC;
    long promisedNanos;
    long spentNanos;
    boolean told;
  }

  private record Promise(BidId bid, long amountNanos, long endMillis, long day)
      implements Comparable<Promise> {
    @Override
    public int compareTo(Promise other) {
      return Long.compare(endMillis, other.endMillis);
    }
  }

  OutsideView(Timeline time, EngineConfig engine) {
    this.time = time;
    topics = engine.kafka().topics();
    mostAheadMillis = engine.pacing().marginMillis();
    windowMillis = engine.pacing().winWindowMillis() + engine.pacing().clockSkewMillis();
  }

  /** A record was appended. */
  void appended(Entry entry) {
    String topic = entry.raw.topic();
    long content = Arrays.hashCode(entry.raw.value());
    fingerprint = Hash.mix(fingerprint ^ content ^ Hash.mix(entry.raw.timeMillis()));
    if (topic.equals(topics.bids()) || topic.equals(topics.outcomes())) {
      journal(entry.journal());
    } else if (topic.equals(topics.campaigns())) {
      defined(entry);
    } else if (topic.equals(topics.pacing())) {
      told(entry);
    }
  }

  /** Event time that is ahead ends what is not over. */
  private void told(Entry entry) {
    try {
      PacingUpdate update = PacingUpdateCodec.decode(entry.raw.value());
      Account account = account(update.campaign());
      if (update.epoch() > time.now() + mostAheadMillis && !account.told) {
        account.told = true;
        breaches.add(
            update.campaign()
                + ": event time is "
                + (update.epoch() - time.now())
                + " ms ahead, "
                + mostAheadMillis
                + " are allowed");
      }
    } catch (UnreadableRecord e) {
      breaches.add("a record of pacing that can't be read: " + e.reason());
    }
  }

  /** Something died: from now on it is waited for the next bid. */
  void broke() {
    brokenSince = brokenSince < 0 ? time.now() : brokenSince;
  }

  private void journal(JournalRecord record) {
    if (record instanceof Issued issued && issued.bid().validAt(issued.appendMillis())) {
      promised(issued.bid(), issued.appendMillis());
    } else if (record instanceof Learned learned) {
      learned(learned.outcome());
    }
  }

  private Account account(String campaign) {
    return accounts.computeIfAbsent(campaign, unseen -> new Account());
  }

  private void promised(Bid bid, long appendMillis) {
    Account account = account(bid.campaign());
    if (!account.seen.add(bid.id())) {
      return;
    }
    bids++;
    if (brokenSince >= 0) {
      recoveries.add(time.now() - brokenSince);
      brokenSince = -1;
    }
    expire(account, time.now());
    if (bid.paysPerClick()) {
      // It promises no money: its click is charged what is left. The audit counts clicks.
      return;
    }
    Promise promise =
        new Promise(bid.id(), bid.amountNanos(), bid.deadlineMillis() + windowMillis, bid.day());
    account.open.put(bid.id(), promise);
    account.ends.add(promise);
    account.promisedNanos = Math.addExact(account.promisedNanos, promise.amountNanos);
    long committed = Math.addExact(account.promisedNanos, account.spentNanos);
    if (committed > account.budgetNanos && !account.told) {
      account.told = true;
      breaches.add(
          bid.campaign()
              + ": spent and promised reach "
              + committed
              + " nanos, the budget is "
              + account.budgetNanos);
    }
    promisedOfItsDay(account, bid, appendMillis);
  }

  private void promisedOfItsDay(Account account, Bid bid, long appendMillis) {
    // Leases are of the day of event time, which may be that much ahead.
    long first = day(appendMillis, account.zone);
    long last = day(appendMillis + mostAheadMillis, account.zone);
    if (bid.day() < first || bid.day() > last) {
      breaches.add(
          bid.campaign() + ": bid " + bid.id() + " of day " + bid.day() + " appended on " + first);
    }
    long held = account.heldByDay.merge(bid.day(), bid.amountNanos(), Math::addExact);
    if (held > account.dailyNanos && !account.told) {
      account.told = true;
      breaches.add(
          bid.campaign()
              + ": spent and promised of day "
              + bid.day()
              + " reach "
              + held
              + " nanos, the daily budget is "
              + account.dailyNanos);
    }
  }

  private static long day(long timeMillis, ZoneId zone) {
    return Instant.ofEpochMilli(timeMillis).atZone(zone).toLocalDate().toEpochDay();
  }

  private static void expire(Account account, long nowMillis) {
    for (Promise next = account.ends.peek();
        next != null && next.endMillis < nowMillis;
        next = account.ends.peek()) {
      account.ends.remove();
      if (account.open.remove(next.bid, next)) {
        account.promisedNanos -= next.amountNanos;
        account.heldByDay.merge(next.day, -next.amountNanos, Math::addExact);
      }
    }
  }

  private void learned(Outcome outcome) {
    boolean win = outcome.kind() == Outcome.Kind.WIN;
    if (!win && outcome.kind() != Outcome.Kind.LOSS) {
      return;
    }
    Account account = account(outcome.campaign());
    Promise promise = account.open.get(outcome.bidId());
    if (promise == null) {
      return;
    }
    account.open.remove(outcome.bidId());
    account.promisedNanos -= promise.amountNanos;
    account.heldByDay.merge(promise.day, -promise.amountNanos, Math::addExact);
    // A win beyond its window is charged too, but not among what is promised.
    if (win && time.now() <= promise.endMillis) {
      long charge = Math.min(outcome.priceNanos(), promise.amountNanos);
      account.spentNanos = Math.addExact(account.spentNanos, charge);
      account.heldByDay.merge(promise.day, charge, Math::addExact);
      spentNanos = Math.addExact(spentNanos, charge);
      wins++;
    }
  }

  private void defined(Entry entry) {
    byte[] key = entry.raw.key();
    byte[] value = entry.raw.value();
    if (key == null || value == null) {
      return;
    }
    String id = new String(key, StandardCharsets.UTF_8);
    try {
      var campaign = Configurations.campaign(id, value);
      if (campaign.id().equals(id)) {
        Account account = account(id);
        // What was committed before a cut may still be spent.
        account.budgetNanos = Math.max(account.budgetNanos, campaign.budgetNanos());
        Long daily = campaign.dailyBudgetNanos();
        account.dailyNanos = daily == null ? Long.MAX_VALUE : daily;
        account.zone = campaign.flight().zone();
      }
    } catch (ConfigurationException e) {
      // Not a definition; the engine writes a dead letter.
      return;
    }
  }

  /** What was broken, in words. */
  List<String> breaches() {
    return breaches;
  }

  /** Milliseconds from each death to the next bid. */
  List<Long> recoveries() {
    return recoveries;
  }

  long bids() {
    return bids;
  }

  long wins() {
    return wins;
  }

  long spentNanos() {
    return spentNanos;
  }

  /** A number that is the same for two runs only if they wrote the same records. */
  long fingerprint() {
    return fingerprint;
  }
}
