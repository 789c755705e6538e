package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.engine.LoopSimulation.Trouble;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.Campaigns;
import io.dualbid.core.pacing.PacingConfig;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  private static final PacingConfig CONFIG =
      new PacingConfig(50, 0.3, 0.1, 0.3, 100, 1_500, 500, 20, 3_000, 20_000, 500);
  private static final Trouble MUCH = new Trouble(0.05, 0.05, 0.05, 0.004);
  private static final long LENGTH = 20_000;

  private static Campaign campaign(double budget) {
    long start = LoopSimulation.BEGIN + 1_000;
    return Campaigns.campaign(
        "a", Money.floorNanos(budget), Campaigns.flight(start, start + LENGTH));
  }

  private static LoopSimulation played(long seed, double budget, Trouble trouble) {
    LoopSimulation loop = new LoopSimulation(seed, CONFIG, campaign(budget), trouble);
    loop.play(1_000, LENGTH);
    return loop;
  }

  /**
   * With feedback some 0.1 s old and 20,000 auctions; the tolerance is what section 2.8 of the
   * specification of delays costs at that age, and the start from a multiplier of 1.
   */
  @Test
  void spendsTheBudgetAndComesCloseToHindsight() {
    LoopSimulation loop = played(1, 20, Trouble.NONE);
    assertThat(loop.spentNanos).isBetween(Money.floorNanos(0.96 * 20), Money.floorNanos(20));
    assertThat(loop.value / loop.hindsightValue()).isBetween(0.95, 1.0);
  }

  @Test
  void doesTheSameTwice() {
    assertThat(played(7, 20, MUCH).fingerprint).isEqualTo(played(7, 20, MUCH).fingerprint);
    assertThat(played(7, 20, MUCH).fingerprint).isNotEqualTo(played(8, 20, MUCH).fingerprint);
  }

  @Property(tries = 25)
  void neverCommitsMoreThanTheBudgetWhateverGoesWrong(@ForAll long seed) {
    LoopSimulation loop = played(seed, 8, MUCH);
    assertThat(loop.mostCommittedNanos).isLessThanOrEqualTo(Money.floorNanos(8));
    assertThat(loop.spentNanos).isPositive().isLessThanOrEqualTo(Money.floorNanos(8));
    PacingUpdate last = Objects.requireNonNull(loop.last);
    assertThat(last.problem()).isNull();
    assertThat(last.totals().unmatched()).isZero();
    assertThat(last.totals().wins()).isEqualTo(loop.wins);
    assertThat(last.totals().bids()).isEqualTo(loop.bids);
    assertThat(last.ledger().spentNanos()).isEqualTo(loop.spentNanos);
    assertThat(last.ledger().reservedNanos()).isZero();
    assertThat(last.ledger().leasedNanos()).isZero();
  }
}
