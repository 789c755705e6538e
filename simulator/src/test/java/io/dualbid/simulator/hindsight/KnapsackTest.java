package io.dualbid.simulator.hindsight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KnapsackTest {
  private static JsonNode golden(String name) throws IOException {
    try (InputStream in =
        KnapsackTest.class.getResourceAsStream("/cases/pacing/" + name + ".json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static double[] column(JsonNode rows, String name, int from, int to) {
    double[] column = new double[to - from];
    for (int i = from; i < to; i++) {
      column[i - from] = rows.get(i).get(name).asDouble();
    }
    return column;
  }

  private static void same(Knapsack solved, JsonNode x, double value, double mu) {
    assertThat(solved.value()).isCloseTo(value, within(1e-9));
    assertThat(solved.shadowPrice()).isCloseTo(mu, within(1e-9));
    for (int i = 0; i < x.size(); i++) {
      assertThat(solved.taken(i)).as("auction %d", i).isCloseTo(x.get(i).asDouble(), within(1e-9));
    }
  }

  @Test
  void solvesTheGoldenCaseForValueForUtilityAndPerEpisode() throws IOException {
    JsonNode golden = golden("hindsight-one-campaign");
    JsonNode rows = golden.get("input");
    JsonNode expected = golden.get("expected");
    double budget = golden.get("parameters").get("budget").asDouble();
    double[] value = column(rows, "value", 0, rows.size());
    double[] price = column(rows, "price", 0, rows.size());
    JsonNode byValue = expected.get("value_maximiser");
    same(
        Knapsack.solve(value, price, budget),
        byValue.get("x"),
        byValue.get("value").asDouble(),
        byValue.get("mu").asDouble());
    double[] utility = value.clone();
    for (int i = 0; i < utility.length; i++) {
      utility[i] -= price[i];
    }
    JsonNode byUtility = expected.get("utility_maximiser");
    same(
        Knapsack.solve(utility, price, budget),
        byUtility.get("x"),
        byUtility.get("utility").asDouble(),
        byUtility.get("mu").asDouble());
    int episode = golden.get("parameters").get("episode").asInt();
    double episodeBudget = golden.get("parameters").get("episode_budget").asDouble();
    for (int e = 0; e < expected.get("per_episode_values").size(); e++) {
      assertThat(
              Knapsack.solve(
                      column(rows, "value", e * episode, (e + 1) * episode),
                      column(rows, "price", e * episode, (e + 1) * episode),
                      episodeBudget)
                  .value())
          .isCloseTo(expected.get("per_episode_values").get(e).asDouble(), within(1e-9));
    }
  }

  @Test
  void splitsTiesByIndex() throws IOException {
    JsonNode golden = golden("hindsight-ties");
    JsonNode rows = golden.get("input");
    same(
        Knapsack.solve(
            column(rows, "value", 0, rows.size()),
            column(rows, "price", 0, rows.size()),
            golden.get("parameters").get("budget").asDouble()),
        golden.get("expected").get("x"),
        golden.get("expected").get("value").asDouble(),
        golden.get("expected").get("mu").asDouble());
  }

  @Test
  void takesNothingWithoutMoneyButWhatIsFree() {
    Knapsack solved = Knapsack.solve(new double[] {1, 2, -1}, new double[] {1, 0, 0}, 0);
    assertThat(solved.value()).isEqualTo(2);
    assertThat(solved.taken(0)).isZero();
    assertThat(solved.taken(2)).isZero();
  }

  /** Weak duality: any price bounds the optimum, and the shadow price meets it. */
  @Property(tries = 300)
  void meetsItsDualBound(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(40);
    double[] gain = new double[n];
    double[] cost = new double[n];
    for (int i = 0; i < n; i++) {
      gain[i] = random.nextDouble() - 0.2;
      cost[i] = random.nextInt(5) == 0 ? 0 : random.nextDouble();
    }
    double budget = random.nextDouble() * n / 4;
    Knapsack solved = Knapsack.solve(gain, cost, budget);
    assertThat(solved.spend()).isLessThanOrEqualTo(budget + 1e-12);
    assertThat(dual(gain, cost, budget, random.nextDouble() * 3))
        .isGreaterThanOrEqualTo(solved.value() - 1e-9);
    assertThat(dual(gain, cost, budget, solved.shadowPrice()))
        .isCloseTo(solved.value(), within(1e-9));
  }

  private static double dual(double[] gain, double[] cost, double budget, double mu) {
    double bound = budget * mu;
    for (int i = 0; i < gain.length; i++) {
      bound += Math.max(0, gain[i] - mu * cost[i]);
    }
    return bound;
  }

  /** A budget alone: the LP's value, and prices that prove it. */
  @Property(tries = 150)
  void equalsTheLinearProgram(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(60);
    boolean coarse = random.nextBoolean();
    double[] gain = RandomProblems.column(random, n, coarse);
    double[] cost = RandomProblems.column(random, n, coarse);
    double budget = random.nextDouble() * n / 3;
    Knapsack solved = Knapsack.solve(gain, cost, budget);
    assertThat(solved.value())
        .isCloseTo(
            AllocationLp.solve(RandomProblems.oneCampaign(gain, gain, cost, budget, true, false))
                .value(),
            within(1e-6));
  }

  /** With a return on spend, with or without a budget: the LP's value, and tight prices. */
  @Property(tries = 200)
  void equalsTheLinearProgramUnderReturnOnSpend(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(60);
    boolean coarse = random.nextBoolean();
    boolean budgeted = random.nextBoolean();
    double[] value = RandomProblems.column(random, n, coarse);
    double[] cost = RandomProblems.column(random, n, coarse);
    double budget = budgeted ? random.nextDouble() * n / 3 : Double.POSITIVE_INFINITY;
    double target = 0.5 + 1.5 * random.nextDouble();
    double[] worth = value.clone();
    for (int i = 0; i < n; i++) {
      worth[i] /= target;
    }
    Knapsack solved = Knapsack.solve(value, cost, target, budget);
    AllocationProblem problem =
        RandomProblems.oneCampaign(worth, worth, cost, budget, budgeted, true);
    double optimum = AllocationLp.solve(problem).value();
    assertThat(solved.value() / target).isCloseTo(optimum, within(1e-6));
    double[] prices =
        budgeted
            ? new double[] {solved.shadowPrice(), solved.returnPrice()}
            : new double[] {solved.returnPrice()};
    assertThat(problem.dualBound(prices)).isCloseTo(optimum, within(1e-6));
    assertThat(solved.value()).isGreaterThanOrEqualTo(target * solved.spend() - 1e-9);
    assertThat(solved.spend()).isLessThanOrEqualTo(budget);
  }

  /** By hand: worth 2 and 1 at costs 1 and 2: slack 1 pays for the whole of the second. */
  @Test
  void spendsTheSlackThatItEarned() {
    Knapsack even = Knapsack.solve(new double[] {2, 1}, new double[] {1, 2}, 1, 100);
    assertThat(even.value()).isEqualTo(3);
    assertThat(even.binding()).isEqualTo(Knapsack.Binding.NONE);
    Knapsack dearer = Knapsack.solve(new double[] {2, 1}, new double[] {1, 3}, 1, 100);
    assertThat(dearer.taken()).containsExactly(1, 0.5);
    assertThat(dearer.binding()).isEqualTo(Knapsack.Binding.ROS);
    // Ratio 1/3: λ = (1/3) / (2/3), and the multiplier is its inverse.
    assertThat(dearer.returnPrice()).isCloseTo(0.5, within(1e-12));
    assertThat(dearer.multiplier()).isCloseTo(3, within(1e-12));
    assertThat(dearer.shadowPrice()).isZero();
    Knapsack poor = Knapsack.solve(new double[] {2, 1}, new double[] {1, 3}, 1, 0.5);
    assertThat(poor.binding()).isEqualTo(Knapsack.Binding.BUDGET);
    assertThat(poor.shadowPrice()).isEqualTo(2);
  }

  @Test
  void tellsTheShareOfTies() {
    // Three of the same ratio, of which half a one is left out.
    Knapsack tied = Knapsack.solve(new double[] {2, 2, 2}, new double[] {1, 1, 1}, 2.5);
    assertThat(tied.tieShare()).isCloseTo(3 / 2.5, within(1e-12));
    assertThat(Knapsack.solve(new double[] {2}, new double[] {1}, 5).tieShare()).isZero();
  }

  @Property(tries = 150)
  void episodesNeverBeatOneKnapsackWithAllTheirMoney(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(200);
    boolean coarse = random.nextBoolean();
    double[] gain = RandomProblems.column(random, n, coarse);
    double[] cost = RandomProblems.column(random, n, coarse);
    int length = 1 + random.nextInt(40);
    double budget = random.nextDouble() * length / 3;
    Episodes episodes = Episodes.solve(gain, cost, length, budget);
    assertThat(episodes.count()).isEqualTo((n + length - 1) / length);
    assertThat(episodes.value())
        .isLessThanOrEqualTo(Knapsack.solve(gain, cost, episodes.count() * budget).value() + 1e-9);
    assertThat(episodes.spend()).isLessThanOrEqualTo(episodes.count() * budget + 1e-9);
    // One episode as long as the log is the knapsack itself.
    assertThat(Episodes.solve(gain, cost, n, budget).value())
        .isEqualTo(Knapsack.solve(gain, cost, budget).value());
  }
}
