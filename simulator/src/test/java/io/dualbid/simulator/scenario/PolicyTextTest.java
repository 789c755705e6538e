package io.dualbid.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import io.dualbid.core.model.Strategy.Step;
import io.dualbid.simulator.replay.Replay.Competition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTextTest {
  private static final Advertisers ONE =
      new Advertisers(1, Competition.HOUSE, Objective.VALUE, 0.1, 1.5, 10, 2, 0);

  private static Strategy strategy(String text, long horizon) {
    return PolicyText.one(text).strategy(ONE, horizon, 0.7);
  }

  @ParameterizedTest
  @CsvSource({
    "dmd, DUAL, BUDGET",
    "ros, DUAL, ROS",
    "both, DUAL, BOTH",
    "min, MIN, BOTH",
    "sequential, SEQUENTIAL, BOTH",
    "pid, PID, BUDGET",
    "throttling, THROTTLING, BUDGET",
    "smoothing, SMOOTHING, BUDGET",
    "'lin:base=0.3,mean-rate=0.5', LIN, BUDGET",
    "mcpc:cpc=0.4, MCPC, BUDGET",
    "fixed, FIXED, BUDGET",
  })
  void namesTheMethodsOfTheEngine(String name, Method method, Constraint constraint) {
    Strategy strategy = strategy(name, 1_000);
    assertThat(strategy.method()).isEqualTo(method);
    assertThat(strategy.constraint()).isEqualTo(constraint);
    assertThat(strategy.mirror()).isEqualTo(Mirror.ENTROPY);
    assertThat(strategy.step()).isEqualTo(Step.DEFAULT);
    assertThat(strategy.startMultiplier()).isEqualTo(2);
    assertThat(strategy.targetRos()).isEqualTo(constraint == Constraint.BUDGET ? 1 : 1.5);
  }

  @Test
  void readsOptions() {
    Strategy strategy =
        strategy("both:strict,mirror=shifted-entropy,start=0.25,auction=first-price", 100);
    assertThat(strategy.strict()).isTrue();
    assertThat(strategy.mirror()).isEqualTo(Mirror.SHIFTED_ENTROPY);
    assertThat(strategy.startMultiplier()).isEqualTo(0.25);
    assertThat(strategy.auction()).isEqualTo(AuctionType.FIRST_PRICE);
    assertThat(strategy("fixed:start=hindsight", 100).startMultiplier()).isEqualTo(0.7);
    assertThat(PolicyText.one("dmd:plan=traffic").shape()).isEqualTo(Plan.Shape.TRAFFIC);
    assertThat(PolicyText.one("ros:return-step=0.5").returnStep()).isEqualTo(0.5);
  }

  @Test
  void readsWhatLinAndMcpcBidBy() {
    assertThat(strategy("lin:base=0.3,mean-rate=0.5", 10).linearPrice())
        .isEqualTo(new LinearPrice(0.3, 0.5));
    assertThat(strategy("mcpc:cpc=40", 10).linearPrice()).isEqualTo(new LinearPrice(40, 1));
    assertThat(PolicyText.one("ros:strict,calibrate").calibrated()).isTrue();
  }

  @Test
  void readsStepsAsFormulas() {
    assertThat(strategy("dmd:step=0.01", 400).step()).isEqualTo(new Step(Step.Kind.CONSTANT, 0.01));
    assertThat(strategy("dmd:step=3/sqrt(T)", 400).step())
        .isEqualTo(new Step(Step.Kind.CONSTANT, 0.15));
    assertThat(strategy("dmd:step=3/sqrt(t)", 400).step())
        .isEqualTo(new Step(Step.Kind.INVERSE_ROOT, 3));
    assertThat(strategy("dmd:step=0.5/sqrt(G)", 400).step())
        .isEqualTo(new Step(Step.Kind.ADAPTIVE, 0.5));
  }

  /** A comma begins a new policy only where a name follows. */
  @Test
  void readsListsOfPolicies() {
    assertThat(PolicyText.list("dmd:mirror=euclidean,step=0.01, ros:strict,both,pid"))
        .extracting(Policy::name)
        .containsExactly("dmd:mirror=euclidean,step=0.01", "ros:strict", "both", "pid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dmdd | found the policy 'dmdd' in 'dmdd'; accepted: dmd, ros, both",
        "dmd:step=fast | found 'fast'; accepted: 0.01, 1/sqrt(T)",
        "dmd:step=0/sqrt(T) | found '0/sqrt(T)'; accepted: 0.01",
        "dmd:mirror=round | found 'mirror=round' in 'dmd:mirror=round'; accepted: euclidean, entropy",
        "dmd:start=-1 | found 'start=-1' in 'dmd:start=-1'; accepted: 0 or more",
        "dmd:start=x | accepted: a number",
        "dmd:colour=red | found 'colour' in 'dmd:colour=red'; accepted: mirror=, step=",
        "dmd:step=1,step=2 | found 'step' again",
        "lin:base=1 | found no 'mean-rate=' in 'lin:base=1'; accepted: a number above 0 for it",
        "lin:base=1,mean-rate=2 | found 'mean-rate=2' in 'lin:base=1,mean-rate=2'; accepted: at most 1",
        "mcpc:cpc=0 | found 'cpc=0' in 'mcpc:cpc=0'; accepted: more than 0",
        "dmd:cpc=1 | found 'cpc' in 'dmd:cpc=1'; accepted: mirror=",
        "dmd:calibrate | of a policy that keeps a return",
        "ros:strict=yes | accepted: strict, which takes no value",
      })
  void tellsWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> PolicyText.one(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
