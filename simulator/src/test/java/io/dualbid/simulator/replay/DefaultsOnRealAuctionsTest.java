package io.dualbid.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.simulator.world.IpinyouWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The defaults on real auctions: one pass, one budget, every outcome known at once. Floors are what
 * the same rule reaches outside of the engine, less a little.
 */
class DefaultsOnRealAuctionsTest {
  private static final Path LOG =
      Path.of("..", "..", "shared", "data", "ipinyou", "2997-first-100000.txt.gz");
  private static final long START = 1_700_000_000_000L;
  private static final int ROWS = 100_000;

  /** Clicks per unit of cost in the training days of the advertiser. */
  private static final double START_MULTIPLIER = 1386 / 19_689_072.0;

  private static Campaign campaign(long budgetUnits) {
    return new Campaign(
        "log",
        "advertiser.example",
        List.of(),
        Status.ACTIVE,
        budgetUnits * Money.NANOS_PER_UNIT,
        null,
        new Flight(START, START + ROWS, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, START_MULTIPLIER),
        1.0,
        0.001,
        300 * Money.NANOS_PER_UNIT,
        List.of(Creative.banner("b", 300, 250)),
        Targeting.ANY);
  }

  @ParameterizedTest
  @CsvSource({
    "3150886, 316.115, 0.995",
    "1575443, 239.631, 0.990",
    "787721, 181.128, 0.988",
    "393860, 138.259, 0.980",
    "196930, 103.969, 0.966",
    "98465, 70.186, 0.922",
  })
  void comeCloseToHindsight(long budget, double optimum, double floor) throws IOException {
    Assumptions.assumeTrue(Files.exists(LOG), "skipped: real auctions are not at " + LOG);
    Replay replay =
        new Replay(
            Replay.Settings.atOnce(PacingConfig.DEFAULT.adaptiveStep()), List.of(campaign(budget)));
    Account account;
    try (IpinyouArrivals log =
        new IpinyouArrivals(new IpinyouWorld(LOG, 0, 1, Long.MAX_VALUE), START)) {
      account = replay.play(log).get(0);
    }
    assertThat(account.auctions()).isEqualTo(ROWS);
    assertThat(account.value() / optimum).isBetween(floor, 1.0);
    assertThat(account.spentNanos()).isLessThanOrEqualTo(budget * Money.NANOS_PER_UNIT);
    var last = Objects.requireNonNull(account.last());
    assertThat(last.problem()).isNull();
    assertThat(last.ledger().spentNanos()).isEqualTo(account.spentNanos());
    assertThat(last.ledger().reservedNanos()).isZero();
    assertThat(last.ledger().leasedNanos()).isZero();
  }
}
