package io.dualbid.stream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.stream.http.Connections.Stage;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final long MILLI = 1_000_000;

  /** Three connections; 15 ms for a request, 40 ms for an answer, 20 ms to take it. */
  private final Connections<String> connections =
      new Connections<>(new HttpLimits(3, 1, 1, 1, 10, 5, 40, 20));

  @Test
  void closesTheOneThatHasWaitedLongestWithoutARequestForTheNext() {
    assertThat(connections.opened("a", 1)).isNull();
    assertThat(connections.opened("b", 2)).isNull();
    assertThat(connections.opened("c", 3)).isNull();
    connections.enter("a", Stage.ANSWER, 4);
    assertThat(connections.opened("d", 5)).isEqualTo("b");
    connections.enter("a", Stage.REQUEST, 6);
    assertThat(connections.opened("e", 7)).isEqualTo("c");
    assertThat(connections.opened("f", 8)).isEqualTo("d");
    assertThat(connections.opened("g", 9)).isEqualTo("a");
    assertThat(connections.size()).isEqualTo(3);
  }

  @Test
  void closesSlowReadersBeforeThoseWhoseAnswerIsBeingMadeUp() {
    connections.opened("a", 1);
    connections.opened("b", 2);
    connections.opened("c", 3);
    connections.enter("a", Stage.ANSWER, 4);
    connections.enter("b", Stage.LASTING, 5);
    connections.enter("c", Stage.WRITING, 6);
    assertThat(connections.opened("d", 7)).isEqualTo("c");
    connections.enter("d", Stage.ANSWER, 8);
    assertThat(connections.opened("e", 9)).isEqualTo("a");
  }

  @Test
  void turnsTheNextAwayWhereAllAreLasting() {
    for (String one : new String[] {"a", "b", "c"}) {
      connections.opened(one, 1);
      connections.enter(one, Stage.LASTING, 2);
    }
    assertThat(connections.opened("d", 3)).isEqualTo("d");
    connections.closed("b");
    assertThat(connections.opened("e", 4)).isNull();
    assertThat(connections.all()).containsExactlyInAnyOrder("a", "c", "e");
  }

  @Test
  void namesThoseThatAreOverdueOnce() {
    connections.opened("request", 0);
    connections.opened("writing", 0);
    connections.opened("answer", 0);
    connections.enter("writing", Stage.WRITING, 0);
    connections.enter("answer", Stage.ANSWER, 0);
    assertThat(connections.overdue(15 * MILLI)).isEmpty();
    assertThat(connections.overdue(15 * MILLI + 1)).containsExactly("request");
    assertThat(connections.overdue(20 * MILLI + 1)).containsExactly("writing");
    connections.enter("answer", Stage.LASTING, 21 * MILLI);
    assertThat(connections.overdue(1_000_000 * MILLI)).isEmpty();
    assertThat(connections.size()).isEqualTo(1);
  }

  @Test
  void keepsOutThoseThatWereClosedForOthers() {
    connections.opened("a", 1);
    connections.closed("a");
    connections.enter("a", Stage.ANSWER, 2);
    assertThat(connections.size()).isZero();
  }
}
