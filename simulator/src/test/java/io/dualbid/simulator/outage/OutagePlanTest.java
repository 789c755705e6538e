package io.dualbid.simulator.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.simulator.outage.Outage.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutagePlanTest {
  private static final long HALF_AN_HOUR = 30 * 60_000;
  private static final List<Kind> ALL = List.of(Kind.values());

  @Test
  void isAFunctionOfItsSeed() {
    assertThat(OutagePlan.of(7, HALF_AN_HOUR, ALL)).isEqualTo(OutagePlan.of(7, HALF_AN_HOUR, ALL));
    assertThat(OutagePlan.of(8, HALF_AN_HOUR, ALL))
        .isNotEqualTo(OutagePlan.of(7, HALF_AN_HOUR, ALL));
  }

  @Test
  void halfAnHourHasEveryKindAndFortyOutagesAtLeast() {
    for (long seed = 1; seed <= 50; seed++) {
      List<Outage> plan = OutagePlan.of(seed, HALF_AN_HOUR, ALL);
      assertThat(plan).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(40);
      Set<Kind> kinds = plan.stream().map(Outage::kind).collect(Collectors.toSet());
      assertThat(kinds).as("seed %d", seed).isEqualTo(EnumSet.allOf(Kind.class));
      assertThat(plan.stream().filter(Outage::overlapping)).as("seed %d", seed).isNotEmpty();
    }
  }

  @Test
  void risesInTimeWithinTheRunAndTheBoundsOfEachKind() {
    for (long seed = 1; seed <= 50; seed++) {
      long before = 0;
      for (Outage outage : OutagePlan.of(seed, 120_000, ALL)) {
        assertThat(outage.atMillis()).isGreaterThan(before).isLessThan(120_000);
        assertThat(outage.lengthMillis())
            .isBetween(outage.kind().shortestMillis(), outage.kind().longestMillis());
        before = outage.atMillis();
      }
    }
  }

  @Test
  void keepsToTheKindsThatMayCome() {
    List<Outage> plan = OutagePlan.of(1, 120_000, List.of(Kind.BROKER_KILLED));
    assertThat(plan).isNotEmpty().allMatch(outage -> outage.kind() == Kind.BROKER_KILLED);
    assertThatThrownBy(() -> OutagePlan.of(1, 120_000, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
