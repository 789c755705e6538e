package io.dualbid.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecencyTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final Recency recency = new Recency(now::get);

  @Test
  void isUnknownWhileNobodyListens() {
    assertThat(recency.worstMillis()).isNaN();
    recency.listen().close();
    assertThat(recency.worstMillis()).isNaN();
  }

  @Test
  void growsWithTimeAndIsTheWorstOfAll() {
    Recency.Listener one = recency.listen();
    now.set(1_500);
    Recency.Listener other = recency.listen();
    assertThat(recency.worstMillis()).isEqualTo(500);
    one.heard(1_450);
    now.set(1_600);
    assertThat(recency.worstMillis()).isEqualTo(150);
    one.heard(1_590);
    assertThat(recency.worstMillis()).as("the other has waited longest").isEqualTo(100);
    other.close();
    assertThat(recency.worstMillis()).isEqualTo(10);
  }

  @Test
  void isNeverNegativeWhereClocksDiffer() {
    recency.listen().heard(2_000);
    assertThat(recency.worstMillis()).isZero();
  }
}
