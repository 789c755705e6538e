package io.dualbid.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whose ids come back, are told again, or stand for several things: the engine's ledger and the
 * audit's fold make the same of them.
 */
class IdentityTest {
  /** A bid that is valid for 50 ms is remembered for 1,070 ms. */
  private static final PacingConfig CONFIG =
      new PacingConfig(100, 0.3, 0.3, 0.3, 200, 1_500, 500, 20, 400, 600, 1_000);

  private static final long START = 1_000_000;
  private static final long VALID_MILLIS = 50;
  private static final long REMEMBERED_MILLIS = 1_070;
  private static final long CLICK_WINDOW_MILLIS = 3_000;
  private static final long CLICK_PRICE = 40_000;
  private static final long UNIT = 1_000_000_000L;
  private static final List<Kind> KINDS = List.of(Kind.values());

  private static Campaign campaign(long budget, @Nullable PerClick perClick) {
    return new Campaign(
        "a",
        "x.example",
        List.of(),
        Status.ACTIVE,
        budget,
        null,
        new Flight(0, Long.MAX_VALUE / 2, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1),
        1,
        0.001,
        1_000_000,
        List.of(Creative.banner("b", 300, 250)),
        Targeting.ANY,
        perClick);
  }

  /** A record of the journal; one of both is null. */
  private record Entry(@Nullable Bid bid, @Nullable Outcome outcome, long appendMillis) {}

  private static Bid bid(String request, long deadline, boolean perClick) {
    Bid bid =
        new Bid(
            BidId.of(request, "1"),
            request,
            "1",
            "a",
            "b",
            20_000,
            7,
            3,
            0,
            deadline,
            0,
            0,
            0.5,
            2.0,
            null);
    return perClick
        ? bid.paying(new ClickTerms(CLICK_PRICE, 0.5, deadline + CLICK_WINDOW_MILLIS))
        : bid;
  }

  private static Outcome outcome(String id, Kind kind, String request, long price, double value) {
    return new Outcome(
        id, kind, BidId.of(request, "1"), "a", START, kind == Kind.WIN ? price : 0, value, null);
  }

  /** A journal in which few ids stand for much. */
  private static final class Chaotic {
    final List<Entry> bids = new ArrayList<>();
    final List<Entry> outcomes = new ArrayList<>();
    private final SplittableRandom random;
    private final boolean perClick;
    private final int requests;
    private long now = START;

    Chaotic(SplittableRandom random, boolean perClick) {
      this.random = random;
      this.perClick = perClick;
      requests = 2 + random.nextInt(12);
      int pause = 5 + random.nextInt(60);
      for (int i = 0; i < 250; i++) {
        now += random.nextInt(2 * pause);
        step();
      }
    }

    private String request() {
      return "r" + random.nextInt(requests);
    }

    private void step() {
      int kind = random.nextInt(20);
      if (kind < 7) {
        long deadline = now + (random.nextInt(10) == 0 ? -1 : VALID_MILLIS);
        bids.add(new Entry(bid(request(), deadline, perClick), null, now));
      } else if (kind == 7 && !bids.isEmpty()) {
        bids.add(new Entry(some(bids).bid(), null, now));
      } else if (kind == 8 && !outcomes.isEmpty()) {
        outcomes.add(new Entry(null, some(outcomes).outcome(), now));
      } else if (kind == 9) {
        // Clocks differ: told a little before the bid that it is of.
        String request = request();
        outcomes.add(new Entry(null, outcome("x", Kind.WIN, request, 9_000, 0), now));
        now += random.nextInt((int) CONFIG.clockSkewMillis());
        bids.add(new Entry(bid(request, now + VALID_MILLIS, perClick), null, now));
      } else {
        Kind told = KINDS.get(random.nextInt(KINDS.size()));
        String id = "o" + random.nextInt(4);
        long price = 1_000L * (1 + random.nextInt(30));
        double value = random.nextInt(5);
        outcomes.add(new Entry(null, outcome(id, told, request(), price, value), now));
      }
    }

    private Entry some(List<Entry> records) {
      int newest = random.nextInt(Math.min(records.size(), 10));
      return records.get(records.size() - 1 - newest);
    }
  }

  private static CampaignFold fold(
      Campaign campaign, List<Entry> bids, List<Entry> outcomes, PacingUpdate published) {
    CampaignFold fold = new CampaignFold("a", CONFIG);
    fold.define(campaign);
    for (int i = 0; i < bids.size(); i++) {
      Bid bid = bids.get(i).bid;
      if (bid != null) {
        fold.bid(bid, i, bids.get(i).appendMillis);
      }
    }
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i).outcome;
      if (outcome != null) {
        fold.outcome(outcome, i, outcomes.get(i).appendMillis);
      }
    }
    fold.publish(published);
    return fold;
  }

  /** An engine that reads both topics, each at its own pace, and is saved now and then. */
  private static final class Engine {
    private final Campaign campaign;
    private final SplittableRandom random;
    private final List<Entry> bids;
    private final List<Entry> outcomes;
    private Pacer pacer;
    private int bidsRead;
    private int outcomesRead;

    Engine(Campaign campaign, List<Entry> bids, List<Entry> outcomes, SplittableRandom random) {
      this.campaign = campaign;
      this.random = random;
      this.bids = bids;
      this.outcomes = outcomes;
      // All bids are of an earlier life: facts that no lease is asked for.
      pacer = new Pacer("a", CONFIG, START, Long.MAX_VALUE / 2);
      pacer.define(campaign);
    }

    /** Reads some records of either topic, and lets time pass as far as both have been read. */
    boolean read() throws IOException {
      boolean ofBids = outcomesRead == outcomes.size() || random.nextBoolean();
      int most = 1 + random.nextInt(random.nextInt(8) == 0 ? 120 : 12);
      for (int i = 0; i < most; i++) {
        if (ofBids && bidsRead < bids.size()) {
          Entry next = bids.get(bidsRead);
          pacer.bid(Objects.requireNonNull(next.bid), next.appendMillis, bidsRead++);
        } else if (!ofBids && outcomesRead < outcomes.size()) {
          Entry next = outcomes.get(outcomesRead);
          pacer.outcome(Objects.requireNonNull(next.outcome), next.appendMillis, outcomesRead++);
        }
      }
      if (random.nextInt(3) > 0) {
        pacer.tick(Math.min(passed(bids, bidsRead), passed(outcomes, outcomesRead)), NOBODY, NOTED);
      }
      if (random.nextInt(10) == 0) {
        restore();
      }
      return bidsRead < bids.size() || outcomesRead < outcomes.size();
    }

    private static long passed(List<Entry> records, int read) {
      return read == 0 ? START : records.get(read - 1).appendMillis;
    }

    private void restore() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pacer.write(new DataOutputStream(bytes), (definition, out) -> {});
      pacer =
          Pacer.read(
              CONFIG,
              new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
              in -> campaign);
    }
  }

  private static final LivingSubtasks NOBODY = new LivingSubtasks();

  private static final Pacer.Output NOTED =
      new Pacer.Output() {
        @Override
        public void pacing(PacingUpdate update) {}

        @Override
        public void lease(Lease lease) {}

        @Override
        public void feedbackAge(double millis) {}
      };

  private static Campaign campaign(SplittableRandom random, boolean perClick) {
    long budget = random.nextBoolean() ? 1_000 * UNIT : 500_000;
    return campaign(budget, perClick ? new PerClick(CLICK_PRICE, CLICK_WINDOW_MILLIS) : null);
  }

  @Property(tries = 400)
  void engineAndAuditMakeTheSameOfAnyIds(@ForAll long seed, @ForAll boolean perClick)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Chaotic journal = new Chaotic(random, perClick);
    Campaign campaign = campaign(random, perClick);
    Engine engine = new Engine(campaign, journal.bids, journal.outcomes, random);
    boolean more = true;
    while (more) {
      more = engine.read();
      if (!more || random.nextInt(5) == 0) {
        PacingUpdate published = engine.pacer.standing();
        assertThat(published.problem()).isNull();
        assertThat(fold(campaign, journal.bids, journal.outcomes, published).differences())
            .as("after %d bids and %d outcomes", engine.bidsRead, engine.outcomesRead)
            .isEmpty();
      }
    }
  }

  /** In whatever order the two topics are read, the ledger comes to the same. */
  @Property(tries = 100)
  void theLedgerIsAFunctionOfTheJournal(@ForAll long seed, @ForAll boolean perClick)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Chaotic journal = new Chaotic(random, perClick);
    Campaign campaign = campaign(1_000 * UNIT, perClick ? new PerClick(CLICK_PRICE, 3_000) : null);
    List<PacingUpdate> ends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Engine engine = new Engine(campaign, journal.bids, journal.outcomes, random.split());
      while (engine.read()) {}
      ends.add(engine.pacer.standing());
    }
    boolean doubtful = fold(campaign, journal.bids, journal.outcomes, ends.get(0)).doubts() > 0;
    for (PacingUpdate end : ends) {
      if (!doubtful) {
        assertThat(end.ledger().spentNanos()).isEqualTo(ends.get(0).ledger().spentNanos());
        assertThat(end.totals().wins()).isEqualTo(ends.get(0).totals().wins());
      }
      assertThat(end.totals().bids()).isEqualTo(ends.get(0).totals().bids());
      assertThat(end.totals().clicks()).isEqualTo(ends.get(0).totals().clicks());
    }
  }

  @Property(tries = 100)
  void aDeviationIsStillFound(@ForAll long seed, @ForAll boolean perClick) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Chaotic journal = new Chaotic(random, perClick);
    Campaign campaign = campaign(1_000 * UNIT, perClick ? new PerClick(CLICK_PRICE, 3_000) : null);
    Engine engine = new Engine(campaign, journal.bids, journal.outcomes, random);
    while (engine.read()) {}
    PacingUpdate told = engine.pacer.standing();
    CampaignFold right = fold(campaign, journal.bids, journal.outcomes, told);
    assertThat(differences(campaign, journal, with(told, 1, 0, 0)))
        .anyMatch(d -> d.contains("bids"));
    assertThat(differences(campaign, journal, with(told, 0, 1 + right.doubts(), 0)))
        .anyMatch(d -> d.contains("wins"));
    assertThat(differences(campaign, journal, with(told, 0, -1 - right.doubts(), 0)))
        .anyMatch(d -> d.contains("wins"));
    // Each doubtful click may be in the sum of the journal though it was not charged, and beside
    // it.
    long doubt = 2 * right.doubts() * CLICK_PRICE;
    assertThat(differences(campaign, journal, with(told, 0, 0, 1 + doubt)))
        .anyMatch(d -> d.contains("spent"));
  }

  private static List<String> differences(Campaign campaign, Chaotic journal, PacingUpdate told) {
    return fold(campaign, journal.bids, journal.outcomes, told).differences();
  }

  /** An update that tells so much more. */
  private static PacingUpdate with(PacingUpdate told, long bids, long wins, long spent) {
    Totals t = told.totals();
    LedgerSummary l = told.ledger();
    return new PacingUpdate(
        told.campaign(),
        told.epoch(),
        told.state(),
        told.multipliers(),
        told.landscape(),
        new LedgerSummary(
            l.budgetNanos(),
            l.ceilingNanos(),
            l.spentNanos() + spent,
            l.reservedNanos(),
            l.leasedNanos(),
            l.expected()),
        told.position(),
        new Totals(
            t.bids() + bids,
            t.lateBids(),
            t.duplicateBids(),
            t.wins() + wins,
            t.losses(),
            t.expired(),
            t.lateWins(),
            t.duplicates(),
            t.unmatched(),
            t.disputed(),
            t.clicks(),
            t.conversions(),
            t.value(),
            t.realisedValue(),
            t.slackNanos(),
            t.plannedNanos(),
            t.feedbackAgeMillis(),
            t.realisedSlackNanos(),
            t.corrections(),
            t.paidClicks()),
        told.problem());
  }

  private static final class Journal {
    final List<Entry> bids = new ArrayList<>();
    final List<Entry> outcomes = new ArrayList<>();

    Journal bid(String request, long millis) {
      bids.add(
          new Entry(
              IdentityTest.bid(request, START + millis + VALID_MILLIS, false),
              null,
              START + millis));
      return this;
    }

    Journal told(String id, Kind kind, String request, long millis) {
      outcomes.add(
          new Entry(
              null, outcome(id, kind, request, 10_000, kind == Kind.WIN ? 0 : 2), START + millis));
      return this;
    }

    PacingUpdate folded() throws IOException {
      Campaign campaign = campaign(UNIT, null);
      Engine engine = new Engine(campaign, bids, outcomes, new SplittableRandom(1));
      while (engine.read()) {}
      PacingUpdate update = engine.pacer.standing();
      assertThat(fold(campaign, bids, outcomes, update).differences()).isEmpty();
      return update;
    }
  }

  @Test
  void oneOutcomeIdMayTellTheWinsOfTwoBids() throws IOException {
    PacingUpdate update =
        new Journal()
            .bid("r", 0)
            .bid("s", 0)
            .told("o", Kind.WIN, "r", 10)
            .told("o", Kind.WIN, "s", 10)
            .folded();
    assertThat(update.totals().wins()).isEqualTo(2);
    assertThat(update.ledger().spentNanos()).isEqualTo(20_000);
  }

  @Test
  void aWinAndAClickMayHaveOneId() throws IOException {
    PacingUpdate update =
        new Journal()
            .bid("r", 0)
            .told("o", Kind.WIN, "r", 10)
            .told("o", Kind.CLICK, "r", 20)
            .folded();
    assertThat(update.totals().wins()).isEqualTo(1);
    assertThat(update.totals().clicks()).isEqualTo(1);
  }

  @Test
  void aClickAndAConversionOfOneBidNeedIdsOfTheirOwn() throws IOException {
    PacingUpdate update =
        new Journal()
            .bid("r", 0)
            .told("o", Kind.CLICK, "r", 20)
            .told("o", Kind.CONVERSION, "r", 30)
            .told("p", Kind.CONVERSION, "r", 40)
            .told("o", Kind.CONVERSION, "s", 50)
            .folded();
    assertThat(update.totals().clicks()).isEqualTo(1);
    assertThat(update.totals().conversions()).isEqualTo(2);
    assertThat(update.totals().realisedValue()).isEqualTo(6);
  }

  @Test
  void anIdIsFreeOnceItsBidIsRememberedNoLonger() throws IOException {
    PacingUpdate update =
        new Journal()
            .bid("r", 0)
            .bid("r", REMEMBERED_MILLIS)
            .bid("r", REMEMBERED_MILLIS + 1)
            .told("o", Kind.WIN, "r", REMEMBERED_MILLIS)
            .told("o", Kind.WIN, "r", REMEMBERED_MILLIS + 1)
            .told("o", Kind.WIN, "r", REMEMBERED_MILLIS + 2)
            .folded();
    assertThat(update.totals().bids()).isEqualTo(2);
    assertThat(update.totals().duplicateBids()).isEqualTo(1);
    assertThat(update.totals().wins()).isEqualTo(2);
    assertThat(update.totals().lateWins()).isLessThanOrEqualTo(1);
    assertThat(update.ledger().spentNanos()).isEqualTo(20_000);
  }

  @Test
  void anOutcomeIdIsFreeOnceItIsRememberedNoLonger() throws IOException {
    PacingUpdate update =
        new Journal()
            .bid("r", 0)
            .told("o", Kind.CONVERSION, "r", 10)
            .told("o", Kind.CONVERSION, "r", 610)
            .told("o", Kind.CONVERSION, "r", 611)
            .told("o", Kind.CONVERSION, "r", 1_211)
            .folded();
    assertThat(update.totals().conversions()).isEqualTo(2);
  }
}
