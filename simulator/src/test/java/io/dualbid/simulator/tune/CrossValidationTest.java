package io.dualbid.simulator.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.tune.CrossValidation.Answer;
import io.dualbid.simulator.tune.CrossValidation.Fold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
  private static final Candidate STANDARD = new Candidate(Map.of("size", "1"));
  private static final Search SEARCH =
      new Search(
          new Space(List.of(new Parameter.Range("size", 0.1, 10, true))), STANDARD, 200, 2, 3, 7);
  private static final CrossValidation CUT = new CrossValidation(10, 6);

  private static double size(Candidate candidate) {
    return Double.parseDouble(candidate.get("size", ""));
  }

  @Test
  void isSureOfWhatIsBetterOnEveryBlock() {
    Trials trials = new Trials((candidate, block) -> -Math.abs(Math.log(size(candidate) / 4)));
    Answer answer = CUT.of(SEARCH, trials, search -> {});
    assertThat(answer.beatsStandard()).isTrue();
    assertThat(size(answer.best())).isBetween(3.5, 4.5);
    assertThat(answer.gain().mean()).isCloseTo(Math.log(4), within(0.2));
    assertThat(answer.score()).isGreaterThan(answer.standardScore());
  }

  /**
   * Where all is noise, the best of the whole log looks better than the default, and the folds say
   * that it is not: of a hundred such searches only a few may be sure of a gain.
   */
  @Test
  void isNotFooledByNoise() {
    int fooled = 0;
    for (int seed = 0; seed < 100; seed++) {
      long base = seed * 1_000_003L;
      Trials trials =
          new Trials(
              (candidate, block) ->
                  new SplittableRandom(base + 31L * candidate.hashCode() + 7919L * block)
                      .nextDouble());
      Answer answer = CUT.of(SEARCH, trials, search -> {});
      assertThat(answer.score()).isGreaterThanOrEqualTo(answer.standardScore());
      fooled += answer.beatsStandard() ? 1 : 0;
    }
    assertThat(fooled).isLessThanOrEqualTo(10);
  }

  /** What is found for a fold may not depend on the fold, nor on what comes after it. */
  @Property(tries = 20)
  void searchesOnEarlierBlocksOnly(@ForAll long seed) {
    List<List<Candidate>> chosen = new ArrayList<>();
    for (long future : new long[] {seed, seed + 1}) {
      Trials trials =
          new Trials(
              (candidate, block) ->
                  new SplittableRandom(
                          31L * candidate.hashCode() + block + (block >= 6 ? future : 0))
                      .nextDouble());
      Answer answer = CUT.of(SEARCH, trials, search -> {});
      chosen.add(answer.folds().stream().limit(3).map(Fold::chosen).toList());
    }
    assertThat(chosen.get(0)).isEqualTo(chosen.get(1));
  }

  @Test
  void playsTheLastBlocksAsFolds() {
    Set<Integer> told = new HashSet<>();
    Answer answer = CUT.of(SEARCH, new Trials((candidate, block) -> 0), told::add);
    assertThat(answer.folds().stream().map(Fold::block)).containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(told).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    assertThat(answer.best()).isEqualTo(STANDARD);
    assertThat(answer.beatsStandard()).isFalse();
  }

  @Test
  void needsABlockBeforeTheFirstFold() {
    assertThatThrownBy(() -> new CrossValidation(4, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("folds 4 of blocks 4");
  }
}
