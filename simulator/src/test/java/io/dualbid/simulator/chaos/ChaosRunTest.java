package io.dualbid.simulator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosRunTest {
  private static final int SEEDS = 40;

  @Test
  void isTheSameTwice() {
    assertThat(ChaosRun.of(7, new Protocol())).isEqualTo(ChaosRun.of(7, new Protocol()));
    assertThat(ChaosRun.of(7, new Protocol()).fingerprint())
        .isNotEqualTo(ChaosRun.of(8, new Protocol()).fingerprint());
  }

  @Test
  void keepsEveryPromiseWhereNothingGoesWrong() {
    ChaosResult result = ChaosRun.of(1, List.of(), new Protocol());
    assertThat(result.breaches()).isEmpty();
    assertThat(result.wins()).isGreaterThan(50);
    assertThat(result.unanswered()).isZero();
  }

  @Test
  void keepsEveryPromiseWhateverGoesWrong() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ChaosResult result = ChaosRun.of(seed, new Protocol());
      assertThat(result.breaches()).as("seed %d with %s", seed, result.faults()).isEmpty();
    }
  }

  /** Every broker's clock is ten minutes ahead for some records, and then right again. */
  @Test
  void goesOnAsBeforeWhereBrokersClocksStepAhead() {
    for (long seed = 1; seed <= 10; seed++) {
      ChaosResult calm = ChaosRun.of(seed, List.of(), new Protocol());
      Fault step = new Fault(2_000, Fault.Kind.BROKER_CLOCK_STEP, 0, 1_000);
      ChaosResult stepped = ChaosRun.of(seed, List.of(step), new Protocol());
      assertThat(stepped.breaches()).as("seed %d", seed).isEmpty();
      assertThat(stepped.bids()).as("bids of seed %d", seed).isGreaterThan(calm.bids() * 8 / 10);
    }
  }

  /** A record that is to be torn may be empty already. */
  @Test
  void tearsEmptyRecords() {
    assertThat(ChaosRun.of(5_483, new Protocol()).breaches()).isEmpty();
  }
}
