package io.dualbid.core.bidding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class LinearBidTest {
  private static final TrainingTotals TRAINING = new TrainingTotals(1_000, 10, 60_000);

  @Test
  void bidsInProportionToTheClickRate() {
    LinearBid rule = new LinearBid(15, TRAINING.meanClickRate(), 300);
    assertThat(rule.bid(0.01, 1_000)).isEqualTo(15);
    assertThat(rule.bid(0.0199, 1_000)).isEqualTo(29);
    assertThat(rule.bid(0.5, 1_000)).isEqualTo(300);
    assertThat(rule.bid(0.5, 7)).isEqualTo(7);
    assertThat(rule.bid(0, 1_000)).isZero();
  }

  @Test
  void bidsNothingForWhatIsNotAClickRate() {
    LinearBid rule = new LinearBid(15, 0.01, 300);
    assertThat(rule.bid(Double.NaN, 1_000)).isZero();
    assertThat(rule.bid(-1, 1_000)).isZero();
    assertThat(rule.bid(Double.POSITIVE_INFINITY, 1_000)).isEqualTo(300);
  }

  @Property
  void keepsWithinItsCapsAndFollowsTheClickRate(
      @ForAll @DoubleRange(max = 1) double one,
      @ForAll @DoubleRange(max = 1) double other,
      @ForAll @LongRange(min = 0, max = 1_000) long left) {
    LinearBid linear = new LinearBid(40, 0.01, 300);
    MeanCostPerClick meanCost = new MeanCostPerClick(TRAINING.costPerClick(), 300);
    double low = Math.min(one, other);
    double high = Math.max(one, other);
    assertThat((long) linear.bid(high, left)).isBetween(0L, Math.min(300, left));
    assertThat(linear.bid(low, left)).isLessThanOrEqualTo(linear.bid(high, left));
    assertThat((long) meanCost.bid(high, left)).isBetween(0L, Math.min(300, left));
    assertThat(meanCost.bid(low, left)).isLessThanOrEqualTo(meanCost.bid(high, left));
  }

  @Test
  void bidsWhatAClickCostTimesItsChance() {
    MeanCostPerClick rule = new MeanCostPerClick(TRAINING.costPerClick(), 300);
    assertThat(TRAINING.costPerClick()).isEqualTo(6_000);
    assertThat(rule.bid(0.0105, 1_000)).isEqualTo(63);
    assertThat(rule.bid(0.0105, 50)).isEqualTo(50);
    assertThat(rule.bid(0.9, 1_000)).isEqualTo(300);
  }

  @Test
  void roundsEpisodeBudgetsDown() {
    assertThat(TRAINING.episodeBudget(0.25, 1_000)).isEqualTo(15_000);
    assertThat(new TrainingTotals(7, 1, 10).episodeBudget(0.5, 3)).isEqualTo(2);
  }

  @Test
  void refusesACampaignWithoutClicks() {
    TrainingTotals none = new TrainingTotals(1_000, 0, 60_000);
    assertThatThrownBy(() -> new LinearBid(15, none.meanClickRate(), 300))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MeanCostPerClick(none.costPerClick(), 300))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LinearBid tuned(List<Double> tried, int maxBid, double... scores) {
    return LinearBid.tune(
        0.01,
        maxBid,
        6,
        rule -> {
          tried.add(rule.base());
          int i = (int) rule.base() / 6 - 1;
          return i < scores.length ? scores[i] : 0;
        });
  }

  @Test
  void keepsTheLastOfEquallyGoodBases() {
    List<Double> tried = new ArrayList<>();
    assertThat(tuned(tried, 300, 1, 5, 3, 5, 2).base()).isEqualTo(24);
    assertThat(tried).hasSize(4 + 5);
  }

  @Test
  void stopsAfterFiveTriesInARowThatMissTheBest() {
    List<Double> tried = new ArrayList<>();
    assertThat(tuned(tried, 300, 5, 1, 1, 1, 1, 1, 9).base()).isEqualTo(6);
    assertThat(tried).containsExactly(6.0, 12.0, 18.0, 24.0, 30.0, 36.0);
    assertThat(tuned(new ArrayList<>(), 300, 5, 1, 1, 1, 1, 9).base()).isEqualTo(36);
  }

  @Test
  void goesOnBeyondTheHighestBidWhileTheScoreDoesNotFall() {
    List<Double> tried = new ArrayList<>();
    assertThat(tuned(tried, 24, 1, 2, 3, 4, 4, 5, 4, 9).base()).isEqualTo(36);
    assertThat(tried).endsWith(24.0, 30.0, 36.0, 42.0);
  }

  @Test
  void endsOnAPlateau() {
    assertThat(LinearBid.tune(0.01, 24, 6, rule -> 1).base()).isEqualTo(240);
  }
}
