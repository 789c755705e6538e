package io.dualbid.simulator.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.simulator.delivery.Delivery;
import io.dualbid.simulator.delivery.DeliveryFiles;
import io.dualbid.simulator.delivery.NoBids;
import io.dualbid.simulator.delivery.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The entries of a fold, and the delivery that is made of them. */
class CampaignEntriesTest {
  private static final long HOUR = 3_600_000;
  private static final long START = Instant.parse("2026-03-02T00:00:00Z").toEpochMilli();
  private static final Window DAY = new Window(START, START + 24 * HOUR);

  private final CampaignFold fold = new CampaignFold("a", CampaignFoldTest.PACING);

  private void define(String more) {
    fold.define(
        Configurations.campaigns(
                "campaigns.yaml",
                """
                campaigns:
                  - id: a
                    advertiser: x.example
                    budget: "48"
                    flight: { start: 2026-03-02T00:00:00Z, end: 2026-03-04T00:00:00Z }
                    value-per-click: "1"
                    max-bid-cpm: "3000"
                    creatives: [{ id: b, size: 300x250 }]
                """
                    + more)
            .get(0));
  }

  /** A bid of one unit whose win is worth two. */
  private Bid bid(String request, long time, @Nullable Long user) {
    Bid bid =
        new Bid(
            BidId.of(request, "1"),
            request,
            "1",
            "a",
            "b",
            1_000_000_000,
            7,
            3,
            0,
            time,
            time,
            0,
            2.0,
            1.5,
            user);
    fold.bid(bid, 1, time);
    return bid;
  }

  private void outcome(Bid bid, Kind kind, long price, long minimum, double value, long time) {
    String id = bid.id() + kind.label() + time;
    fold.outcome(new Outcome(id, kind, bid.id(), "a", time, price, minimum, value, null), 1, time);
  }

  private void win(Bid bid, long price, long time) {
    outcome(bid, Kind.WIN, price, Outcome.UNKNOWN, 0, time);
  }

  @Test
  void countsEachThingInItsHour() {
    define("");
    Bid first = bid("r1", START + 1, 8L);
    Bid second = bid("r2", START + HOUR - 1, 8L);
    Bid third = bid("r3", START + HOUR, 9L);
    win(first, 400_000_000, START + 2);
    // Won in the hour after its bid.
    win(second, 600_000_000, START + HOUR);
    win(third, 100_000_000, START + HOUR + 1);
    outcome(first, Kind.CLICK, 0, Outcome.UNKNOWN, 3, START + 2 * HOUR);

    Delivery delivery = Delivery.of(fold, DAY);

    assertThat(delivery.hours()).hasSize(24);
    assertThat(delivery.hours().get(0).figures().bids()).isEqualTo(2);
    assertThat(delivery.hours().get(0).figures().spent()).isEqualTo(0.4);
    assertThat(delivery.hours().get(1).figures().spent()).isEqualTo(0.7);
    assertThat(delivery.hours().get(1).figures().returned()).isCloseTo(4 / 0.7, within(1e-12));
    assertThat(delivery.hours().get(2).figures().clicks()).isEqualTo(1);
    assertThat(delivery.hours().get(2).figures().costPerThousand()).isNaN();
    assertThat(delivery.total().costPerThousand()).isCloseTo(1_100 / 3.0, within(1e-9));
    assertThat(delivery.total().costPerClick()).isEqualTo(1.1);
    assertThat(delivery.total().returnedSoFar()).isCloseTo(3 / 1.1, within(1e-12));
    // 48 units in 48 hours.
    assertThat(delivery.hours())
        .allSatisfy(h -> assertThat(h.planned()).isCloseTo(1, within(1e-9)));
    assertThat(delivery.reach()).isEqualTo(2);
    assertThat(delivery.frequency()).containsExactly(Map.entry(1, 1L), Map.entry(2, 1L));
    String csv = new DeliveryFiles(delivery, new NoBids(new TreeMap<>())).csv();
    assertThat(csv.lines()).hasSize(25);
    assertThat(csv).contains("\n2026-03-02T00:00:00Z,1.0,0.4,2,1,0,0,0,2.0,0.0,400.0,,5.0,0.0\n");
  }

  @Test
  void plansNoMoreThanTheDayHas() {
    define("    daily-budget: \"12\"\n");
    assertThat(Delivery.of(fold, DAY).planned()).isCloseTo(12, within(1e-9));
    assertThat(Delivery.of(fold, new Window(START - HOUR, START)).planned()).isZero();
  }

  @Test
  void saysWhatLostAuctionsWouldHaveBroughtAtMost() {
    define("");
    win(bid("r1", START, null), 1_000_000_000, START);
    outcome(bid("r2", START, null), Kind.LOSS, 0, 1_250_000_000, 0, START + 1);
    outcome(bid("r3", START, null), Kind.LOSS, 0, 1_600_000_000, 0, START + 1);
    outcome(bid("r4", START, null), Kind.LOSS, 0, Outcome.UNKNOWN, 0, START + 1);
    // Above the highest bid of three units.
    outcome(bid("r5", START, null), Kind.LOSS, 0, 3_100_000_000L, 0, START + 1);

    var more = Delivery.of(fold, DAY).moreBudget();

    assertThat(more.losses()).isEqualTo(4);
    assertThat(more.priced()).isEqualTo(3);
    assertThat(more.points()).hasSize(4);
    // Half a unit more buys 0.4 of the auction that costs 1.25 and is worth two.
    assertThat(more.points().get(2).money()).isEqualTo(0.5);
    assertThat(more.points().get(2).value()).isCloseTo(0.8, within(1e-9));
  }

  @Test
  void leavesOutWhatCantBeSaid() {
    define("");
    outcome(bid("r1", START, null), Kind.LOSS, 0, 1_250_000_000, 0, START + 1);
    assertThat(Delivery.of(fold, DAY).moreBudget().points()).isEmpty();
    assertThat(Delivery.of(fold, DAY).reach()).isZero();
    assertThat(Delivery.of(fold, DAY).total().returned()).isNaN();
  }

  /** Whatever happens, and in whichever windows it is told, the parts are the audit's sums. */
  @Test
  void windowsAddUpToTheAudit() {
    long seed = 20_260_302;
    Random random = new Random(seed);
    define("");
    for (int i = 0; i < 500; i++) {
      long time = START + random.nextInt((int) (24 * HOUR - 2_000));
      Bid bid = bid("r" + i, time, (long) random.nextInt(40));
      if (i % 3 == 0) {
        bid = clickPaid("c" + i, time);
        outcome(bid, Kind.CLICK, 0, Outcome.UNKNOWN, 1, time + 500);
        outcome(bid, Kind.CLICK, 0, Outcome.UNKNOWN, 1, time + 600);
      }
      boolean won = random.nextBoolean();
      outcome(
          bid, won ? Kind.WIN : Kind.LOSS, won ? random.nextInt(1_000_000) : 0, -1, 0, time + 1);
    }
    assertThat(fold.spentNanos()).as("seed %d", seed).isPositive();
    assertThat(fold.clicks()).isPositive();
    for (int parts : List.of(1, 2, 7)) {
      long spent = 0;
      long bids = 0;
      long wins = 0;
      long clicks = 0;
      double value = 0;
      for (int part = 0; part < parts; part++) {
        Window window =
            new Window(START + 24 * HOUR * part / parts, START + 24 * HOUR * (part + 1) / parts);
        Delivery delivery = Delivery.of(fold, window);
        spent += delivery.hours().stream().mapToLong(hour -> hour.figures().spentNanos()).sum();
        bids += delivery.total().bids();
        wins += delivery.total().wins();
        clicks += delivery.total().clicks();
        value += delivery.total().value();
      }
      assertThat(spent).as("seed %d, parts %d", seed, parts).isEqualTo(fold.spentNanos());
      assertThat(bids).isEqualTo(fold.bids());
      assertThat(wins).isEqualTo(fold.wins());
      assertThat(clicks).isEqualTo(fold.clicks());
      assertThat(value).isEqualTo(fold.value());
    }
  }

  private Bid clickPaid(String request, long time) {
    Bid bid =
        new Bid(
                BidId.of(request, "1"),
                request,
                "1",
                "a",
                "b",
                50,
                7,
                3,
                0,
                time,
                time,
                0,
                2.0,
                1.5,
                null)
            .paying(new ClickTerms(20_000_000, 0.1, time + 1_000));
    fold.bid(bid, 1, time);
    return bid;
  }
}
