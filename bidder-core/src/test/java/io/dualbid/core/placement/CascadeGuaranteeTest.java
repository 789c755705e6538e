package io.dualbid.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Hash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What approximations for a cascade reader are worth, against every answer tried. */
class CascadeGuaranteeTest {
  private static double worstLottery = 1;
  private static double worstSmall = 1;
  private static double worstShown = 1;

  @AfterContainer
  static void tellTheWorst() {
    System.out.printf(
        "worst part of the optimum: lottery %.4f, at most two ads over its guarantee %.4f, all of"
            + " the lottery's ads shown %.4f%n",
        worstLottery, worstSmall, worstShown);
  }

  private static double[] bids(PlacementInstance instance) {
    return instance.ads().stream().mapToDouble(Ad::bid).toArray();
  }

  private static double welfareIfAllShown(PlacementInstance instance, PlacementResult result) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    result.placed().forEach(p -> positions.put(p.ad(), p.position()));
    Map<String, Double> clicks = Clicks.of(instance, positions);
    return result.placed().stream()
        .mapToDouble(p -> p.bid() * clicks.getOrDefault(p.ad(), 0.0))
        .sum();
  }

  @Property(tries = 4000)
  void isNeverBelowItsGuarantee(@ForAll long seed) {
    PlacementInstance instance = RandomPlacements.cascade(seed, 6, 4);
    double optimum = EveryAnswer.optimum(instance, bids(instance));
    PlacementResult lottery =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.LOTTERY);
    assertThat(lottery.value()).isGreaterThanOrEqualTo(0.5 * optimum - 1e-12);
    assertThat(lottery.value()).isLessThanOrEqualTo(optimum + 1e-12);
    double shown = welfareIfAllShown(instance, lottery);
    assertThat(shown).isGreaterThanOrEqualTo(lottery.value() - 1e-12);

    Eligibility eligibility = new Eligibility(instance);
    UserModel.Cascade user = (UserModel.Cascade) instance.user();
    int most = Math.min(2, eligibility.maxAds);
    double guarantee =
        most == 0 ? 1 : RuleChoice.guarantee(most, eligibility.maxAds, user.continuation());
    CascadeRule small =
        new CascadeRule(eligibility, new CascadeClicks(eligibility, user), most, guarantee);
    double reached = small.best(bids(instance), null).value;
    assertThat(reached).isGreaterThanOrEqualTo(guarantee * optimum - 1e-12);
    if (optimum > 0) {
      worstLottery = Math.min(worstLottery, lottery.value() / optimum);
      worstSmall = Math.min(worstSmall, reached / optimum / guarantee);
      worstShown = Math.min(worstShown, shown / optimum);
    }
  }

  /**
   * One place; an ad that is clicked for sure, worth 1, and one that is hardly ever clicked, worth
   * a little more than half. The ratio prefers the second, since it stops nobody; but nobody comes
   * behind it, so even shown for sure it earns half only.
   */
  @Test
  void earnsLittleMoreThanHalfEvenWithoutTheLottery() {
    double rare = 1e-3;
    PlacementInstance instance =
        new PlacementInstance(
            PlacementInstance.positions(1),
            List.of(new Ad("sure", 1, 1), new Ad("rare", (0.5 + rare) / rare, rare)),
            Limits.of(1),
            new UserModel.Cascade(1, new double[0]));
    PlacementResult lottery =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.LOTTERY);
    PlacementResult optimum =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.OPTIMUM);
    assertThat(optimum.value()).isEqualTo(1);
    assertThat(lottery.placed()).extracting(Placed::ad).containsExactly("rare");
    assertThat(welfareIfAllShown(instance, lottery)).isCloseTo(0.501, Offset.offset(1e-9));
  }

  /** Coins and clicks of 200,000 showings, within 4 standard errors of what was promised. */
  @Test
  void clicksAsOftenAsTheLotterySays() {
    PlacementInstance instance =
        new PlacementInstance(
            PlacementInstance.positions(3),
            List.of(
                new Ad("a", 2, 0.5, 0.4, 0.3),
                new Ad("b", 3, 0.3, 0.5, 0.6),
                new Ad("c", 4, 0.4, 0.2, 0.2)),
            Limits.of(3),
            new UserModel.Cascade(0.9, new double[] {1, 0.8, 0.7}));
    PlacementResult lottery =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.LOTTERY);
    assertThat(lottery.placed()).hasSizeGreaterThan(1);
    int showings = 200_000;
    Map<String, Integer> clicks = new LinkedHashMap<>();
    double welfare = 0;
    for (int k = 0; k < showings; k++) {
      long seed = Hash.mix(k * Hash.GOLDEN_GAMMA);
      String clicked = click(instance, lottery.draw(seed), Hash.mix(~seed));
      clicks.merge(clicked, 1, Integer::sum);
    }
    for (Placed p : lottery.placed()) {
      double expected = p.clickProbability();
      double error = Math.sqrt(expected * (1 - expected) / showings);
      assertThat(clicks.getOrDefault(p.ad(), 0) / (double) showings)
          .isCloseTo(expected, Offset.offset(4 * error));
      welfare += expected * p.bid();
    }
    assertThat(welfare).isCloseTo(lottery.value(), Offset.offset(1e-12));
  }

  private static String click(PlacementInstance instance, List<Placed> shown, long seed) {
    UserModel.Cascade user = (UserModel.Cascade) instance.user();
    double reads = Hash.unit(Hash.mix(seed));
    long draw = seed;
    for (Placed p : shown) {
      if (reads >= user.attention(p.position())) {
        return "";
      }
      int ad =
          IntStream.range(0, instance.ads().size())
              .filter(i -> instance.ads().get(i).id().equals(p.ad()))
              .findFirst()
              .orElseThrow();
      draw = Hash.mix(draw + Hash.GOLDEN_GAMMA);
      if (Hash.unit(draw) < instance.ads().get(ad).clickWeight(p.position())) {
        return p.ad();
      }
      draw = Hash.mix(draw + Hash.GOLDEN_GAMMA);
      if (Hash.unit(draw) >= user.continuation()) {
        return "";
      }
    }
    return "";
  }

  @Test
  void choosesTheRuleByTheNumbersAlone() {
    assertThat(rule(8, 6, 3, 1)).isEqualTo("cascade-optimum");
    assertThat(rule(50, 12, 5, 1)).isEqualTo("cascade-at-most-3");
    assertThat(rule(300, 12, 6, 1)).isEqualTo("cascade-lottery");
    assertThat(rule(300, 12, 6, 0.3)).isEqualTo("cascade-at-most-1");
    assertThat(rule(3000, 2, 2, 1)).isEqualTo("cascade-at-most-1");
    assertThat(RuleChoice.guarantee(1, 4, 0.5))
        .isCloseTo(0.5 / (1 - 1 / 16.0), Offset.offset(1e-12));
    assertThat(RuleChoice.guarantee(2, 3, 1)).isCloseTo(2 / 3.0, Offset.offset(1e-12));
  }

  private static String rule(int ads, int positions, int most, double continuation) {
    double[] weight = new double[positions];
    java.util.Arrays.fill(weight, 0.1);
    List<Ad> all = IntStream.range(0, ads).mapToObj(i -> new Ad("ad" + i, 0, weight)).toList();
    return PlacementAuction.run(
            new PlacementInstance(
                PlacementInstance.positions(positions),
                all,
                Limits.of(most),
                new UserModel.Cascade(continuation, new double[0])),
            Objective.WELFARE)
        .rule();
  }
}
