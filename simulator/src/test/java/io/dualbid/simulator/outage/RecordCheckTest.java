package io.dualbid.simulator.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.simulator.outage.ExchangeBooks.Place;
import io.dualbid.simulator.outage.ExchangeBooks.Taken;
import io.dualbid.simulator.outage.ExchangeRecord.NoticeKey;
import io.dualbid.simulator.outage.ExchangeRecord.Verdict;
import io.dualbid.stream.codec.RequestPlace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two sides that agree, and then each way in which they might not. */
class RecordCheckTest {
  private static final Place WON = new Place(0, 10);
  private static final Place LOST = new Place(1, 20);

  private final ExchangeBooks books = new ExchangeBooks();
  private final JournalView journal = new JournalView();

  static Bid bid(String request, long amount) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        "a",
        "banner",
        amount,
        7,
        3,
        0,
        1_000,
        0,
        0,
        0.5,
        2.0,
        null);
  }

  static Outcome win(String request, long price) {
    return outcome(request, Kind.WIN, price);
  }

  private static Outcome outcome(String request, Kind kind, long price) {
    BidId id = BidId.of(request, "1");
    return new Outcome(id + kind.label(), kind, id, "a", 0, price, 0, 0, null);
  }

  private static Taken taken(String request, long amount, Verdict verdict, long charge) {
    return new Taken(BidId.of(request, "1"), "a", amount, verdict, charge, 1);
  }

  private static PacingUpdate ledger(long epoch, long spent, long reserved, long wins) {
    return new PacingUpdate(
        "a",
        epoch,
        State.PAUSED,
        Multipliers.budget(1),
        null,
        new LedgerSummary(1_000, 1_000, spent, reserved, 0),
        new Position(99, 99),
        new Totals(2, 0, 0, wins, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        null);
  }

  private void tell(Outcome outcome) {
    books.told(NoticeKey.of(outcome), outcome.priceNanos());
  }

  private RecordCheck.Result check() {
    return RecordCheck.of(books, journal);
  }

  @BeforeEach
  void oneBidIsWonAndAnotherLost() {
    for (int offset = 0; offset < 2; offset++) {
      books.asked(new RequestPlace(0, offset));
      journal.request(new RequestPlace(0, offset));
      journal.answer(new RequestPlace(0, offset));
    }
    journal.bid(WON, bid("r1", 50), 500);
    journal.bid(LOST, bid("r2", 40), 500);
    books.bid(WON, taken("r1", 50, Verdict.WON, 30));
    books.bid(LOST, taken("r2", 40, Verdict.LOST, 0));
    for (Outcome outcome : new Outcome[] {win("r1", 30), outcome("r2", Kind.LOSS, 0)}) {
      tell(outcome);
      journal.outcome(outcome);
    }
    journal.ledger(ledger(1, 0, 50, 0));
    journal.ledger(ledger(2, 30, 0, 1));
  }

  @Test
  void agreesWhereBothSidesDo() {
    RecordCheck.Result result = check();
    assertThat(result.differences()).isEmpty();
    assertThat(result.bids()).isEqualTo(2);
    assertThat(result.promisedNanos()).isEqualTo(90);
    assertThat(result.chargedNanos()).isEqualTo(30);
    assertThat(result.told()).isEqualTo(2);
    assertThat(result.lostOutcomes()).isZero();
    assertThat(result.doubleCharges()).isZero();
  }

  @Test
  void findsAnOutcomeThatTheJournalLacks() {
    Outcome click = outcome("r1", Kind.CLICK, 0);
    tell(click);
    RecordCheck.Result result = check();
    // Once in the journal, and once in the ledger.
    assertThat(result.lostOutcomes()).isEqualTo(2);
    assertThat(result.differences()).anyMatch(each -> each.startsWith("told, and not in the"));
  }

  @Test
  void findsAnOutcomeThatALedgerHasCountedTwice() {
    journal.ledger(ledger(3, 60, 0, 2));
    RecordCheck.Result result = check();
    assertThat(result.doubleCharges()).isEqualTo(1);
    assertThat(result.differences())
        .contains(
            "a: 1 wins were told, the ledger has counted 2",
            "a: the exchange charged 30 nanos, the ledger has spent 60");
  }

  @Test
  void findsAChargeThatNobodyMade() {
    journal.outcome(win("r2", 20));
    assertThat(check().differences())
        .anyMatch(each -> each.startsWith("in the journal, and never"));
  }

  @Test
  void findsAnotherPrice() {
    books.told(NoticeKey.of(win("r1", 31)), 31);
    assertThat(check().differences()).anyMatch(each -> each.contains("was told at 31 nanos"));
  }

  @Test
  void findsABidThatOnlyOneSideKnows() {
    journal.bid(new Place(2, 5), bid("r3", 10), 500);
    books.bid(new Place(3, 5), taken("r4", 10, Verdict.REPEATED, 0));
    assertThat(check().differences())
        .anyMatch(each -> each.contains("that the exchange never saw"))
        .anyMatch(each -> each.contains("where the journal has none"));
  }

  @Test
  void aBidAfterItsDeadlineIsNoPromise() {
    journal.bid(new Place(2, 5), bid("r3", 10), 1_001);
    assertThat(check().differences()).isEmpty();
  }

  @Test
  void findsAnImpressionSoldTwice() {
    journal.bid(new Place(2, 5), bid("r1", 50), 500);
    books.bid(new Place(2, 5), taken("r1", 50, Verdict.LOST, 0));
    assertThat(check().differences()).anyMatch(each -> each.contains("auctioned twice"));
  }

  @Test
  void findsAChargeAboveTheBid() {
    books.bid(WON, taken("r1", 50, Verdict.WON, 51));
    assertThat(check().differences()).anyMatch(each -> each.contains("charged more than was bid"));
  }

  @Test
  void findsRequestsLostOrUnanswered() {
    books.asked(new RequestPlace(1, 7));
    journal.request(new RequestPlace(1, 8));
    assertThat(check().differences())
        .anyMatch(each -> each.startsWith("the broker confirmed a request at"))
        .anyMatch(each -> each.endsWith("has no answer"));
  }

  @Test
  void findsMoneyThatIsStillHeldAndOutcomesStillOwed() {
    journal.ledger(ledger(3, 30, 5, 1));
    books.bid(LOST, new Taken(BidId.of("r2", "1"), "a", 40, Verdict.LOST, 0, 2));
    assertThat(check().differences())
        .contains("a: all is over, yet 5 nanos are held")
        .anyMatch(each -> each.startsWith("1 outcomes are owed"));
  }
}
