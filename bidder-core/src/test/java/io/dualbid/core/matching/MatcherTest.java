package io.dualbid.core.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.matching.Neighbour.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MatcherTest {
  private static final double[] ONE = {1};

  @Test
  void keepsReservedCapacityFromOthersUntilTheOutcome() {
    Matcher matcher = new Matcher(new Greedy(), ONE, new long[] {1});
    Arrival arrival = new Arrival().edge(0, 0.5);
    assertThat(matcher.decide(arrival, 1, 0)).isZero();
    assertThat(matcher.decide(arrival, 2, 1)).isEqualTo(MatchingPolicy.NONE);
    assertThat(matcher.wasted()).isEqualTo(1);
    assertThat(matcher.outcome(1, false)).isTrue();
    assertThat(matcher.decide(arrival, 3, 2)).isZero();
    assertThat(matcher.outcome(3, true)).isTrue();
    assertThat(matcher.outcome(3, true)).isFalse();
    assertThat(matcher.decide(arrival, 4, 3)).isEqualTo(MatchingPolicy.NONE);
    assertThat(matcher.value()).isEqualTo(1);
    assertThat(matcher.view().load(0)).isEqualTo(1);
  }

  @Test
  void chargesNoSuccessOfAnAttemptThatWasGivenUp() {
    Matcher matcher = new Matcher(new Greedy(), ONE, new long[] {1});
    Arrival arrival = new Arrival().edge(0, 0.5);
    matcher.decide(arrival, 1, 10);
    assertThat(matcher.expire(10)).isZero();
    assertThat(matcher.expire(11)).isEqualTo(1);
    matcher.decide(arrival, 2, 20);
    assertThat(matcher.outcome(1, true)).isFalse();
    assertThat(matcher.outcome(2, true)).isTrue();
    assertThat(matcher.value()).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotKeep() {
    assertThatThrownBy(() -> new Matcher(new Greedy(), ONE, new long[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("capacity >= 1");
    Matcher matcher = new Matcher((arrival, view) -> 0, ONE, new long[] {1});
    Arrival arrival = new Arrival().edge(0, 0.5);
    matcher.decide(arrival, 1, 0);
    assertThatThrownBy(() -> matcher.decide(arrival, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> matcher.decide(arrival, 2, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("vertex 0");
    assertThatThrownBy(() -> new Arrival().edge(0, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }

  /** w = 2 and load 0.5 against w = 1.5 and load 0; worked out by hand. */
  @Test
  void discountsGainByLoadAndSaysSo() {
    StochasticBalance policy = new StochasticBalance(Discount.MSVV);
    Matcher matcher = new Matcher(policy, new double[] {2, 1.5, 1}, new long[] {1, 1, 1});
    matcher.decide(new Arrival().edge(0, 0.5), 1, 0);
    matcher.outcome(1, false);
    Arrival arrival = new Arrival().edge(0, 0.4).edge(1, 0.3);
    List<Neighbour> neighbours = Neighbour.explain(policy, arrival, matcher.view(), 0, 1, 2);
    assertThat(neighbours.get(0).key()).isCloseTo(0.31478, Offset.offset(1e-5));
    assertThat(neighbours.get(1).key()).isCloseTo(0.28445, Offset.offset(1e-5));
    assertThat(neighbours.get(2).standing()).isEqualTo(Standing.NO_EDGE);
    assertThat(matcher.decide(arrival, 2, 1)).isZero();
    assertThat(Neighbour.explain(policy, arrival, matcher.view(), 0).get(0).standing())
        .isEqualTo(Standing.RESERVED);
    matcher.outcome(2, false);
    assertThat(Neighbour.explain(policy, arrival, matcher.view(), 0).get(0).key())
        .isCloseTo(0.07613, Offset.offset(1e-5));
    assertThat(matcher.decide(arrival, 3, 2)).isEqualTo(1);
    matcher.outcome(3, true);
    assertThat(Neighbour.explain(policy, arrival, matcher.view(), 1).get(0).standing())
        .isEqualTo(Standing.CAPACITY);
  }

  @Test
  void drawsRanksFromSeedAndIdAlone() {
    double[] ranks = Ranks.of(7, List.of("a", "b", "c"));
    assertThat(Ranks.of(7, List.of("c", "a"))).containsExactly(ranks[2], ranks[0]);
    assertThat(Ranks.of(8, List.of("a"))[0]).isNotEqualTo(ranks[0]);
  }

  /** The table of attempts against one of the library, through growth and collisions. */
  @Test
  void findsEveryAttemptUnderWay() {
    Attempts attempts = new Attempts();
    Map<Long, Integer> known = new HashMap<>();
    Random random = new Random(5);
    for (int step = 0; step < 20_000; step++) {
      long id = random.nextInt(300);
      int slot = attempts.find(id);
      assertThat(slot >= 0).isEqualTo(known.containsKey(id));
      if (slot >= 0) {
        assertThat(attempts.vertex(slot)).isEqualTo(known.remove(id));
        attempts.remove(slot);
      } else {
        known.put(id, step);
        attempts.add(id, step, 1, 1, step);
      }
      assertThat(attempts.size()).isEqualTo(known.size());
    }
    int before = -1;
    while (attempts.size() > 0) {
      int slot = attempts.begunBefore(Long.MAX_VALUE);
      assertThat(attempts.vertex(slot)).isGreaterThan(before);
      before = attempts.vertex(slot);
      attempts.remove(slot);
    }
  }
}
