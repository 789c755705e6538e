package io.dualbid.core.bidding;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.bidding.ReturnOnSpend.Combination;
import io.dualbid.core.model.Campaign.Objective;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;

class ReturnOnSpendTest {
  private static ReturnOnSpend rule(boolean budgeted, Combination combination, double target) {
    return new ReturnOnSpend(Objective.VALUE, target, budgeted, combination);
  }

  /** The bid is the highest price at which (1 + λ)·w - (λ + μ)·p is not negative. */
  @Property
  void bidsThePriceAtWhichAWinIsJustWorthIt(
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double value,
      @ForAll @Scale(12) @DoubleRange(min = 1e-3, max = 1e3) double target,
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double lambda,
      @ForAll @Scale(12) @DoubleRange(min = 0, max = 1e6) double mu) {
    double bid = rule(true, Combination.OPTIMAL, target).bid(value, mu, lambda);
    double worth = (1 + lambda) * value / target;
    assertThat((lambda + mu) * bid).isCloseTo(worth, Offset.offset(1e-9 * worth));
    double profit =
        new ReturnOnSpend(Objective.PROFIT, target, true, Combination.OPTIMAL)
            .bid(value, mu, lambda);
    double gain = value + lambda * value / target;
    assertThat((1 + lambda + mu) * profit).isCloseTo(gain, Offset.offset(1e-9 * gain));
  }

  @Property
  void risesWithTheValueAndFallsWithTheBudgetsPrice(
      @ForAll @Scale(12) @DoubleRange(min = 0, max = 1e6) double value,
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double lambda,
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double mu) {
    for (Combination combination : Combination.values()) {
      ReturnOnSpend rule = rule(true, combination, 1.5);
      assertThat(rule.bid(2 * value, mu, lambda))
          .isGreaterThanOrEqualTo(rule.bid(value, mu, lambda));
      assertThat(rule.bid(value, 2 * mu, lambda)).isLessThanOrEqualTo(rule.bid(value, mu, lambda));
    }
  }

  /** As λ grows the bid falls to what a win earns, and never below it without a budget. */
  @Property
  void neverBidsBelowBreakEvenForAReturnAlone(
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double value,
      @ForAll @Scale(12) @DoubleRange(min = 1e-9, max = 1e12) double lambda) {
    ReturnOnSpend rule = rule(false, Combination.OPTIMAL, 2);
    assertThat(rule.bid(value, 0, lambda)).isGreaterThanOrEqualTo(rule.credit(value));
    double limit = rule.bid(value, 0, 1e12);
    assertThat(limit).isCloseTo(rule.credit(value), Offset.offset(1e-9 * value));
  }

  @Property
  void scalesWithTheCurrency(
      @ForAll @Scale(12) @DoubleRange(min = 1e-6, max = 1e6) double value,
      @ForAll @Scale(12) @DoubleRange(min = 1e-3, max = 1e3) double lambda,
      @ForAll @Scale(12) @DoubleRange(min = 1e-3, max = 1e3) double mu) {
    ReturnOnSpend rule = rule(true, Combination.OPTIMAL, 1.2);
    double bid = rule.bid(value, mu, lambda);
    assertThat(rule.bid(1000 * value, mu, lambda))
        .isCloseTo(1000 * bid, Offset.offset(1e-9 * 1000 * bid));
  }
}
