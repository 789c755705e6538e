package io.dualbid.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.model.Strategy.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyReaderTest {
  private static final String MINIMAL =
      """
      campaigns:
        - id: a
          advertiser: shop.example
          budget: "10.5"
          flight: { start: 2026-01-01T00:00:00Z, end: 2026-01-02T00:00:00Z }
          value-per-click: 3
          max-bid-cpm: "12.5"
          creatives: [{ id: one, size: 300x250 }]
      """;

  private static Strategy strategy(String lines) {
    return Configurations.campaigns("c.yaml", MINIMAL + lines.indent(4)).get(0).strategy();
  }

  private static List<String> told(String lines) {
    return Configurations.problems("c.yaml", MINIMAL + lines.indent(4), name -> null).stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void pacesTheBudgetByEntropyWhereNothingIsSaid() {
    assertThat(strategy("")).isEqualTo(Strategy.value(1));
  }

  @Test
  void readsEveryChoice() {
    assertThat(
            strategy(
                """
                objective: profit
                constraint: both
                target-ros: 1.5
                strict: true
                method: min
                mirror: shifted-entropy
                step: { kind: constant, size: 0.01 }
                start-multiplier: 0
                auction: first-price
                """))
        .isEqualTo(
            new Strategy(
                Objective.PROFIT,
                Constraint.BOTH,
                1.5,
                true,
                Method.MIN,
                Mirror.SHIFTED_ENTROPY,
                new Step(Step.Kind.CONSTANT, 0.01),
                0,
                AuctionType.FIRST_PRICE));
  }

  /** A click is worth 3, and one in ten converts. */
  @ParameterizedTest
  @CsvSource({
    "target-ros: 2, 2",
    "target-roas: 2, 2",
    "target-roi: 0.5, 1.5",
    "target-cpc: 1.5, 2",
    "target-cpa: 20, 1.5",
  })
  void turnsEveryTargetIntoTheValueThatAUnitOfSpendReturns(String target, double ros) {
    Strategy read = strategy("constraint: ros\nconversion-rate: 0.1\n" + target);
    assertThat(read.targetRos()).isEqualTo(ros);
    assertThat(read.keepsRos()).isTrue();
    assertThat(read.pacesBudget()).isFalse();
  }

  @Test
  void tellsWhatDoesNotGoTogether() {
    assertThat(told("constraint: ros"))
        .containsExactly(
            "c.yaml:9:17: found no target; accepted: one of target-ros, target-roas, target-roi,"
                + " target-cpc, target-cpa");
    assertThat(told("target-ros: 2"))
        .containsExactly(
            "c.yaml:9:17: found a target without use; accepted: constraint: ros or both beside it");
    assertThat(told("constraint: ros\ntarget-ros: 2\ntarget-cpc: 1"))
        .containsExactly(
            "c.yaml:11:17: found a second target; accepted: one of target-ros, target-roas,"
                + " target-roi, target-cpc, target-cpa");
    assertThat(told("strict: true"))
        .containsExactly(
            "c.yaml:9:13: found a return to keep strictly without one; accepted: constraint: ros or"
                + " both");
    assertThat(told("method: min"))
        .containsExactly(
            "c.yaml:9:13: found a method that combines two constraints; accepted: constraint: both");
    assertThat(told("method: pid\nconstraint: ros\ntarget-ros: 2"))
        .containsExactly(
            "c.yaml:9:13: found a method for a budget alone; accepted: constraint: budget");
    assertThat(told("step: { kind: constant }"))
        .containsExactly("c.yaml:9:19: found no 'size'; accepted: a size above 0 beside it");
    assertThat(told("constraint: ros\ntarget-cpa: 5"))
        .containsExactly(
            "c.yaml:10:17: found no 'conversion-rate'; accepted: a number 'conversion-rate' beside"
                + " it: conversions of a click");
  }

  @Test
  void readsWhatLinAndMcpcBidBy() {
    Campaign lin =
        Configurations.campaigns(
                "c.yaml",
                MINIMAL + "method: lin\nbase-bid-cpm: 1.5\nmean-click-rate: 0.0005".indent(4))
            .get(0);
    assertThat(lin.strategy().linearPrice()).isEqualTo(new LinearPrice(0.0015, 0.0005));
    // A click is worth 3; at the mean click rate the bid is the base bid.
    assertThat(3 * 0.0005 / lin.startMultiplier()).isCloseTo(0.0015, within(1e-15));
    assertThat(strategy("method: mcpc\ncost-per-click: \"0.35\"").linearPrice())
        .isEqualTo(new LinearPrice(0.35, 1));
  }

  @Test
  void readsHowLateValuesCorrectPredictions() {
    String ros = "constraint: ros\ntarget-ros: 2\n";
    assertThat(strategy(ros).attribution()).isEqualTo(Attribution.NONE);
    assertThat(strategy(ros + "attribution: { window: 24h }").attribution())
        .isEqualTo(new Attribution(86_400_000, true));
    assertThat(strategy("attribution: { window: 7d, calibrate: false }").attribution())
        .isEqualTo(new Attribution(7 * 86_400_000L, false));
  }

  @Test
  void tellsWhatLateValuesAndLinearBidsLack() {
    assertThat(told("attribution: { window: 24h }"))
        .containsExactly(
            "c.yaml:9:18: found a return to calibrate without one; accepted: constraint: ros or both"
                + " beside it, or calibrate: false");
    assertThat(told("attribution: { calibrate: false }"))
        .containsExactly(
            "c.yaml:9:18: found no 'window'; accepted: a duration 'window' in it, such as 24h");
    assertThat(told("attribution: { window: 10ms, calibrate: false }"))
        .singleElement()
        .asString()
        .startsWith("c.yaml:9:28: found '10ms'; accepted: a duration of at least 1s, such as 24h");
    assertThat(told("method: lin\nbase-bid-cpm: 2"))
        .containsExactly(
            "c.yaml:9:13: found no 'mean-click-rate'; accepted: a number 'mean-click-rate' beside"
                + " it");
    assertThat(told("method: mcpc"))
        .containsExactly(
            "c.yaml:9:13: found no 'cost-per-click'; accepted: a number 'cost-per-click' beside it");
    assertThat(told("cost-per-click: 2"))
        .containsExactly("c.yaml:9:21: found a number without use; accepted: 'method: mcpc'");
    assertThat(told("method: mcpc\ncost-per-click: 2\nstart-multiplier: 2"))
        .containsExactly(
            "c.yaml:11:23: found a multiplier of a method that has none; accepted: another method,"
                + " or no start-multiplier");
    assertThat(
            told(
                "method: lin\nbase-bid-cpm: 1\nmean-click-rate: 0.1\nconstraint: ros\ntarget-ros: 1"))
        .containsExactly(
            "c.yaml:9:13: found a method for a budget alone; accepted: constraint: budget");
  }

  @Test
  void readsBackWhatIsPublished() {
    Campaign campaign = Configurations.campaigns("c.yaml", MINIMAL).get(0);
    for (Strategy written :
        List.of(
            Strategy.value(2),
            Strategy.value(2).keeping(Constraint.ROS, 1.25, true).in(AuctionType.FIRST_PRICE),
            Strategy.value(2).keeping(Constraint.BOTH, 3, false).by(Method.SEQUENTIAL),
            Strategy.budget(Objective.PROFIT, Mirror.EUCLIDEAN, 0).by(Method.PID),
            Strategy.value(1).by(Method.SMOOTHING),
            Strategy.value(1).linear(Method.LIN, new LinearPrice(0.00123, 0.0007)),
            Strategy.value(1).linear(Method.MCPC, new LinearPrice(0.35, 1)),
            Strategy.value(2)
                .keeping(Constraint.BOTH, 3, true)
                .attributing(new Attribution(86_400_000, true)),
            Strategy.value(2).attributing(new Attribution(5_000, false)),
            Strategy.value(2).attributing(new Attribution(999 * 86_400_000L, false)),
            Strategy.value(1).stepping(new Step(Step.Kind.INVERSE_ROOT, 0.2)),
            Strategy.value(1).stepping(new Step(Step.Kind.ADAPTIVE, 0.2)))) {
      byte[] json = Configurations.toJson(campaign.with(written));
      assertThat(Configurations.campaign("topic", json)).isEqualTo(campaign.with(written));
    }
  }
}
