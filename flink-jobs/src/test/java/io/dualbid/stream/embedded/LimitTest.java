package io.dualbid.stream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LimitTest {
  @Test
  void returnsWhatComesInTime() {
    assertThat(Limit.await("a number", CompletableFuture.completedFuture(7))).isEqualTo(7);
  }

  @Test
  void namesWhatDoesNotComeAndShowsTheThreads() {
    assertThatThrownBy(
            () -> Limit.await("the end of job x", new CompletableFuture<>(), Duration.ofMillis(10)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the end of job x")
        .hasMessageContaining("LimitTest.namesWhatDoesNotComeAndShowsTheThreads");
  }

  @Test
  void keepsTheCauseOfAFailure() {
    IOException cause = new IOException("disk full");
    assertThatThrownBy(() -> Limit.await("a savepoint", CompletableFuture.failedFuture(cause)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a savepoint")
        .hasMessageContaining("disk full")
        .hasCause(cause);
  }
}
