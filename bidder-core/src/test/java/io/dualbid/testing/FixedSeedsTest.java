package io.dualbid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FixedSeedsTest {
  private static final AtomicInteger TRY = new AtomicInteger();

  @Test
  void givesEachPropertyASeedOfItsOwn() {
    assertThat(FixedSeeds.seed(0, "A.one")).isEqualTo(-5347330948687301345L);
    assertThat(FixedSeeds.seed(0, "A.two")).isNotEqualTo(FixedSeeds.seed(0, "A.one"));
    assertThat(FixedSeeds.seed(7, "A.one")).isNotEqualTo(FixedSeeds.seed(0, "A.one"));
  }

  /** What jqwik draws in the build is written down here: another seed would draw other numbers. */
  @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void drawsTheSameInEveryRun(@ForAll @IntRange(min = 0, max = 1_000_000_000) int drawn) {
    if (Boolean.getBoolean(FixedSeeds.EXPLORE)) {
      return;
    }
    int[] expected = {910_386_323, 58, 1_002};
    assertThat(drawn).isEqualTo(expected[TRY.getAndIncrement()]);
  }
}
