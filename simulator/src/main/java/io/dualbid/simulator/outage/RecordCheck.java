package io.dualbid.simulator.outage;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.outage.ExchangeBooks.Place;
import io.dualbid.simulator.outage.ExchangeBooks.Taken;
import io.dualbid.simulator.outage.ExchangeRecord.NoticeKey;
import io.dualbid.simulator.outage.ExchangeRecord.Verdict;
import io.dualbid.stream.codec.RequestPlace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds what the exchange has written down against the journal, and against the published ledgers:
 * both sides must know the same promises and the same charges.
 *
 * <ul>
 *   <li>each bid that the exchange took is in the journal where it says, valid, and the same
 *   <li>each valid bid of the journal was seen by the exchange
 *   <li>an impression was sold once
 *   <li>each outcome that it told is in the journal at the price that it charged, and no other is
 *   <li>each request that the broker confirmed is in its topic, and answered
 *   <li>each ledger has counted as many wins, clicks and conversions as were told, and spent what
 *       was charged
 * </ul>
 */
final class RecordCheck {
  private static final int MOST_TOLD = 20;

  private final ExchangeBooks books;
  private final JournalView journal;
  private final List<String> differences = new ArrayList<>();
  private long hidden;
  private long lostOutcomes;
  private long doubleCharges;
  private long promisedNanos;
  private long chargedNanos;

  /**
   * What came of it.
   *
   * @param bids valid bids that the exchange saw
   * @param promisedNanos what those were promised that took part in an auction
   * @param chargedNanos what wins were charged by the exchange
   * @param told outcomes told
   * @param lostOutcomes outcomes told that a ledger, or the journal, lacks
   * @param doubleCharges outcomes that a ledger has counted beyond those told
   * @param differences what differs, in words
   */
  record Result(
      long bids,
      long promisedNanos,
      long chargedNanos,
      long told,
      long lostOutcomes,
      long doubleCharges,
      List<String> differences) {
    Result {
      differences = List.copyOf(differences);
    }
  }

  /** What a campaign has to answer for, as the exchange sees it. */
  private static final class Account {
    long wins;
    long clicks;
    long conversions;
    long chargedNanos;
    boolean paysPerClick;
  }

  private RecordCheck(ExchangeBooks books, JournalView journal) {
    this.books = books;
    this.journal = journal;
  }

  /** Compares. */
  static Result of(ExchangeBooks books, JournalView journal) {
    return new RecordCheck(books, journal).run();
  }

  private Result run() {
    journal.unreadable().forEach(this::differ);
    bids();
    outcomes();
    requests();
    ledgers();
    if (hidden > 0) {
      differences.add("... and " + hidden + " more");
    }
    return new Result(
        books.bids().size(),
        promisedNanos,
        chargedNanos,
        books.told().size(),
        lostOutcomes,
        doubleCharges,
        differences);
  }

  private void differ(String difference) {
    if (differences.size() < MOST_TOLD) {
      differences.add(difference);
    } else {
      hidden++;
    }
  }

  private void bids() {
    Set<BidId> sold = new HashSet<>();
    books
        .bids()
        .forEach(
            (place, taken) -> {
              Bid bid = journal.bids().get(place);
              if (bid == null) {
                differ("the exchange took a bid at " + place + ", where the journal has none");
              } else if (!bid.id().equals(taken.id())
                  || !bid.campaign().equals(taken.campaign())
                  || bid.amountNanos() != taken.amountNanos()) {
                differ("the exchange took " + taken + " at " + place + ", the journal has " + bid);
              }
              boolean inAuction = taken.verdict() == Verdict.WON || taken.verdict() == Verdict.LOST;
              if (inAuction && !sold.add(taken.id())) {
                differ("the impression of bid " + taken.id() + " was auctioned twice");
              }
              if (inAuction) {
                promisedNanos = Math.addExact(promisedNanos, taken.amountNanos());
              }
              chargedNanos = Math.addExact(chargedNanos, taken.chargeNanos());
              if (taken.chargeNanos() > taken.amountNanos()) {
                differ("the exchange charged more than was bid: " + taken);
              }
            });
    for (Map.Entry<Place, Bid> entry : journal.bids().entrySet()) {
      if (!books.bids().containsKey(entry.getKey())) {
        differ(
            "the journal has a valid bid of "
                + entry.getValue().campaign()
                + " at "
                + entry.getKey()
                + " that the exchange never saw");
      }
    }
    if (books.outstanding() > 0) {
      differ(books.outstanding() + " outcomes are owed by the exchange and not told");
    }
  }

  private void outcomes() {
    Map<NoticeKey, Long> journaled = new HashMap<>();
    for (Outcome outcome : journal.outcomes()) {
      journaled.put(NoticeKey.of(outcome), outcome.priceNanos());
    }
    books
        .told()
        .forEach(
            (notice, price) -> {
              Long found = journaled.get(notice);
              if (found == null) {
                lostOutcomes++;
                differ("told, and not in the journal: " + notice);
              } else if (!found.equals(price)) {
                differ(notice + " was told at " + price + " nanos, the journal has " + found);
              }
            });
    Map<NoticeKey, Taken> wins = new HashMap<>();
    for (Taken taken : books.bids().values()) {
      if (taken.verdict() == Verdict.WON) {
        wins.put(new NoticeKey(Kind.WIN, taken.id(), taken.campaign()), taken);
      }
    }
    journaled.forEach(
        (notice, price) -> {
          if (!books.told().containsKey(notice)) {
            differ("in the journal, and never told: " + notice);
          }
          Taken win = wins.get(notice);
          if (notice.kind() == Kind.WIN && (win == null || win.chargeNanos() != price)) {
            differ("the journal has a win at " + price + " nanos, the exchange knows " + win);
          }
        });
  }

  private void requests() {
    for (RequestPlace place : books.asked()) {
      if (!journal.requests().contains(place)) {
        differ("the broker confirmed a request at " + place + ", where none is");
      }
    }
    for (RequestPlace place : journal.unanswered()) {
      differ("the request at " + place + " has no answer");
    }
  }

  private void ledgers() {
    Map<String, Account> accounts = new HashMap<>();
    for (Bid bid : journal.bids().values()) {
      account(accounts, bid.campaign()).paysPerClick |= bid.paysPerClick();
    }
    books
        .told()
        .forEach(
            (notice, price) -> {
              Account account = account(accounts, notice.campaign());
              switch (notice.kind()) {
                case WIN -> {
                  account.wins++;
                  account.chargedNanos = Math.addExact(account.chargedNanos, price);
                }
                case CLICK -> account.clicks++;
                case CONVERSION -> account.conversions++;
                case LOSS, CORRECTION -> {}
              }
            });
    for (String campaign : new TreeSet<>(accounts.keySet())) {
      Account account = account(accounts, campaign);
      PacingUpdate ledger = journal.ledgers().get(campaign);
      if (ledger == null) {
        differ(campaign + ": no ledger is published");
        lostOutcomes += account.wins + account.clicks + account.conversions;
        continue;
      }
      count(campaign, "wins", account.wins, ledger.totals().wins());
      count(campaign, "clicks", account.clicks, ledger.totals().clicks());
      count(campaign, "conversions", account.conversions, ledger.totals().conversions());
      long spent = ledger.ledger().spentNanos();
      // Who pays by the click is charged clicks, as far as money is left: the audit reckons that.
      if (!account.paysPerClick && spent != account.chargedNanos) {
        differ(
            campaign
                + ": the exchange charged "
                + account.chargedNanos
                + " nanos, the ledger has spent "
                + spent);
      }
      long held = ledger.ledger().reservedNanos() + ledger.ledger().leasedNanos();
      if (held != 0) {
        differ(campaign + ": all is over, yet " + held + " nanos are held");
      }
    }
  }

  private static Account account(Map<String, Account> accounts, String campaign) {
    return accounts.computeIfAbsent(campaign, unseen -> new Account());
  }

  private void count(String campaign, String what, long told, long counted) {
    lostOutcomes += Math.max(0, told - counted);
    doubleCharges += Math.max(0, counted - told);
    if (told != counted) {
      differ(campaign + ": " + told + " " + what + " were told, the ledger has counted " + counted);
    }
  }
}
