package io.dualbid.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckpointWatchTest {
  private static final long NOW = 1_000_000;

  private final List<String> told = new ArrayList<>();
  private final CheckpointWatch watch = new CheckpointWatch("pacing", told::add);

  @Test
  void tellsFolderAndRemedyWhenNoneHasCompletedForAWhile() {
    watch.begin("file:///data/checkpoints", 500, NOW);
    watch.look(NOW + 15_000);
    assertThat(told).isEmpty();
    watch.look(NOW + 15_001);
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("pacing: no checkpoint has completed for 15 s")
        .contains("file:///data/checkpoints (state.checkpoints)")
        .contains("look whether there is space");
  }

  @Test
  void tellsItOnceAMinuteAndWhenItIsOver() {
    watch.begin(null, 500, NOW);
    for (long time = NOW; time < NOW + 120_000; time += 1_000) {
      watch.look(time);
    }
    assertThat(told).hasSize(2).last().asString().contains("execution.checkpointing.dir");
    watch.completed(NOW + 120_000);
    watch.completed(NOW + 121_000);
    watch.look(NOW + 122_000);
    assertThat(told).hasSize(3).last().isEqualTo("pacing: checkpoints complete again");
  }

  /** A job whose checkpoints fail too often is started anew. */
  @Test
  void timeGoesOnOverRestarts() {
    assertThat(watch.ageMillis(NOW)).isNaN();
    watch.begin(null, 500, NOW);
    watch.completed(NOW + 1_000);
    watch.aborted();
    watch.end();
    assertThat(watch.ageMillis(NOW + 2_000)).isNaN();
    watch.begin(null, 500, NOW + 3_000);
    assertThat(watch.ageMillis(NOW + 4_000)).isEqualTo(3_000);
    watch.look(NOW + 17_000);
    assertThat(told).hasSize(1);
    assertThat(watch.abortedCount()).isEqualTo(1);
  }
}
