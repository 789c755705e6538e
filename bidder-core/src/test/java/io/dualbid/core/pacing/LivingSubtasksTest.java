package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Heartbeat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivingSubtasksTest {
  private final LivingSubtasks living = new LivingSubtasks();

  private void heard(long incarnation, int subtask, long time) {
    living.heard(new Heartbeat(incarnation, subtask, time), time);
  }

  private List<Long> incarnationsSince(long time) {
    return living.heardSince(time).stream().map(Heartbeat::incarnation).toList();
  }

  @Test
  void namesOneIncarnationOfEachSubtaskThatWasHeardLately() {
    heard(11, 1, 100);
    heard(10, 0, 200);
    assertThat(incarnationsSince(100)).containsExactly(10L, 11L);
    assertThat(incarnationsSince(150)).containsExactly(10L);
    assertThat(incarnationsSince(250)).isEmpty();
  }

  @Test
  void anIncarnationThatWasReplacedStaysSoHoweverLoudlyItLivesOn() {
    heard(10, 0, 100);
    heard(20, 0, 150);
    heard(10, 0, 200);
    heard(10, 0, 250);
    assertThat(incarnationsSince(0)).containsExactly(20L);
    // Once the last falls silent nobody stands for the subtask: the replaced one doesn't come back.
    assertThat(incarnationsSince(200)).isEmpty();
  }

  @Test
  void aHeartbeatThatIsReadLateChangesNothing() {
    heard(20, 0, 150);
    heard(10, 0, 100);
    assertThat(incarnationsSince(0)).containsExactly(20L);
  }
}
