package io.dualbid.simulator.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.fit.Estimate.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratorTest {
  private static final Map<String, Double> TRUTH =
      Map.of("alpha", -2.0, "beta", 2.5, "decay", 0.9, "continuation", 0.8);
  private static final int ANSWERS = 20_000;

  private static Calibration learned(String model, int count, long seed) {
    return Calibrator.learn(model, ClickDraws.draw(model, TRUTH, count, seed), Map.of());
  }

  /** With fixed seeds; a truth outside of 3 standard errors has a chance of 0.27 % each. */
  @ParameterizedTest
  @ValueSource(strings = {"mnl", "cascade"})
  void findsTheParametersOfTheUsers(String model) {
    for (long seed = 1; seed <= 5; seed++) {
      Calibration calibration = learned(model, ANSWERS, seed);
      for (Estimate estimate : calibration.estimates()) {
        double truth = TRUTH.getOrDefault(estimate.name(), Double.NaN);
        assertThat(estimate.state()).isEqualTo(State.LEARNED);
        assertThat(estimate.value())
            .as("%s, seed %d: %s", model, seed, estimate)
            .isCloseTo(truth, within(3 * estimate.standardError()));
      }
    }
  }

  /**
   * Over many logs the truth is outside of 2 standard errors about 4.55 times in 100: neither too
   * wide nor too narrow. Of 100 logs and three parameters or four that is 13.65 or 18.2 expected;
   * the bounds are 4 standard deviations of as many independent draws, and parameters of one log
   * are not quite independent.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mnl", "cascade"})
  void saysHowFarOffItIs(String model) {
    int outside = 0;
    int all = 0;
    for (long seed = 100; seed < 200; seed++) {
      for (Estimate estimate : learned(model, 2_000, seed).estimates()) {
        if (estimate.state() == State.LEARNED) {
          double truth = TRUTH.getOrDefault(estimate.name(), Double.NaN);
          outside += Math.abs(estimate.value() - truth) > 2 * estimate.standardError() ? 1 : 0;
          all++;
        }
      }
    }
    double expected = 0.0455 * all;
    assertThat((double) outside).isCloseTo(expected, within(4 * Math.sqrt(expected * 0.9545)));
  }

  /**
   * Sixteen times the answers, a quarter of the error. The ratio has noise of its own, from the
   * estimates at which the information is taken: below 5 % at 5,000 answers.
   */
  @ParameterizedTest
  @ValueSource(strings = {"mnl", "cascade"})
  void isSurerWithTheRootOfTheAnswers(String model) {
    Calibration few = learned(model, 5_000, 7);
    Calibration many = learned(model, 80_000, 8);
    for (Estimate estimate : few.estimates()) {
      assertThat(estimate.standardError() / many.estimate(estimate.name()).standardError())
          .as(estimate.name())
          .isCloseTo(4, within(0.4));
    }
  }

  /** One ad at one place: the share of clicks p gives w = p / (1 - p) and q = p in closed form. */
  @Test
  void agreesWithTheClosedFormOfOneAd() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      answers.add(new Answer(new double[] {0.5}, new int[] {0}, i < 20 ? 0 : Answer.NONE));
    }
    Map<String, Double> known = Map.of("beta", 2.0, "decay", 0.9, "continuation", 1.0);
    Estimate mnl = Calibrator.learn("mnl", answers, known).estimate("alpha");
    assertThat(mnl.value()).isCloseTo(Math.log(0.25) - 1, within(1e-8));
    // Fisher information of a logit: n p (1 - p).
    assertThat(mnl.standardError()).isCloseTo(1 / Math.sqrt(100 * 0.2 * 0.8), within(1e-8));
    Estimate cascade = Calibrator.learn("cascade", answers, known).estimate("alpha");
    assertThat(cascade.value()).isCloseTo(Math.log(0.2) - 1, within(1e-8));
    // Of a logarithm of a probability: n p / (1 - p).
    assertThat(cascade.standardError()).isCloseTo(1 / Math.sqrt(100 * 0.25), within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnl", "cascade"})
  void hasTheDerivativesOfItsProbabilities(String name) {
    ClickModel model = ClickModels.named(name);
    int n = model.parameters().size();
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 200; run++) {
      Answer answer =
          new Answer(
              new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()},
              new int[] {0, 2, 5},
              Answer.NONE);
      double[] theta = new double[n];
      for (int p = 0; p < n; p++) {
        theta[p] = -random.nextDouble() - 0.2;
      }
      double[] click = new double[3];
      double[][] score = new double[3][n];
      double[][] other = new double[3][n];
      double[] below = new double[3];
      double[] above = new double[3];
      assertThat(model.fill(answer, theta, click, score)).isTrue();
      assertThat(click[0] + click[1] + click[2]).isLessThan(1);
      double h = 1e-6;
      for (int p = 0; p < n; p++) {
        double at = theta[p];
        theta[p] = at - h;
        model.fill(answer, theta, below, other);
        theta[p] = at + h;
        model.fill(answer, theta, above, other);
        theta[p] = at;
        for (int k = 0; k < 3; k++) {
          assertThat(score[k][p])
              .isCloseTo((Math.log(above[k]) - Math.log(below[k])) / (2 * h), within(1e-7));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnl", "cascade"})
  void explainsALogBestByTheModelOfItsUsers(String users) {
    List<Answer> answers = ClickDraws.draw(users, TRUTH, ANSWERS, 11);
    String other = users.equals("mnl") ? "cascade" : "mnl";
    assertThat(Calibrator.learn(users, answers, Map.of()).akaike())
        .isLessThan(Calibrator.learn(other, answers, Map.of()).akaike());
  }

  @Test
  void holdsWhatIsKnownAndStaysWithinTheRange() {
    List<Answer> answers =
        ClickDraws.draw(
            "cascade",
            Map.of("alpha", -2.0, "beta", 2.5, "decay", 1.0, "continuation", 1.0),
            2_000,
            1);
    Calibration calibration = Calibrator.learn("cascade", answers, Map.of("beta", 2.5));
    assertThat(calibration.estimate("beta").state()).isEqualTo(State.HELD);
    assertThat(calibration.estimate("beta").value()).isEqualTo(2.5);
    for (String share : List.of("decay", "continuation")) {
      assertThat(calibration.estimate(share).value()).isBetween(0.8, 1.0);
    }
    assertThat(calibration.estimates())
        .filteredOn(estimate -> estimate.state() == State.AT_BOUND)
        .isNotEmpty()
        .allSatisfy(
            estimate -> {
              assertThat(estimate.value()).isEqualTo(1);
              assertThat(estimate.standardError()).isNaN();
            });
  }

  @Test
  void saysWhatALogCannotTell() {
    List<Answer> onePlace = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      onePlace.add(
          new Answer(new double[] {i / 200.0}, new int[] {0}, i % 3 == 0 ? 0 : Answer.NONE));
    }
    assertThatThrownBy(() -> Calibrator.learn("mnl", onePlace, Map.of()))
        .hasMessageContaining("nothing in the log that tells decay")
        .hasMessageContaining("--hold decay=VALUE");
    assertThatThrownBy(() -> Calibrator.learn("cascade", onePlace, Map.of("decay", 0.9)))
        .hasMessageContaining("tells continuation");
    List<Answer> oneFit = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      oneFit.add(new Answer(new double[] {0.5}, new int[] {i % 2}, i % 3 == 0 ? 0 : Answer.NONE));
    }
    assertThatThrownBy(() -> Calibrator.learn("mnl", oneFit, Map.of()))
        .hasMessageContaining("alpha from beta");
    assertThatThrownBy(() -> Calibrator.learn("mnl", List.of(), Map.of()))
        .hasMessageContaining("found no click");
    assertThatThrownBy(() -> Calibrator.learn("random", onePlace, Map.of()))
        .hasMessageContaining("accepted: mnl, cascade");
    assertThatThrownBy(() -> Calibrator.learn("mnl", onePlace, Map.of("decay", 1.5)))
        .hasMessageContaining("decay: found 1.5");
  }
}
