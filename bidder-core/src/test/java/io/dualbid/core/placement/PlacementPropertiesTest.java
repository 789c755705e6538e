package io.dualbid.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;

/** What holds of every auction, whatever the instance. */
class PlacementPropertiesTest {
  private static final double CLOSE = 1e-9;

  /** A rule with an objective, on a random instance. */
  private record Setting(PlacementInstance instance, Objective objective, CascadeMethod method) {
    PlacementResult run() {
      return PlacementAuction.run(instance, objective, method);
    }

    Setting with(PlacementInstance other) {
      return new Setting(other, objective, method);
    }

    Setting bidding(int ad, double bid) {
      return with(RandomPlacements.withBid(instance, ad, bid));
    }

    Setting welfare() {
      return new Setting(instance, Objective.WELFARE, method);
    }
  }

  private static Setting setting(long seed) {
    Random random = new Random(seed);
    Objective objective = random.nextBoolean() ? Objective.WELFARE : Objective.REVENUE;
    if (random.nextBoolean()) {
      return new Setting(
          RandomPlacements.mnl(random.nextLong(), 6, 4), objective, CascadeMethod.BY_SIZE);
    }
    return new Setting(
        RandomPlacements.cascade(random.nextLong(), 5, 4),
        objective,
        random.nextBoolean() ? CascadeMethod.LOTTERY : CascadeMethod.OPTIMUM);
  }

  private static double[] bids(PlacementInstance instance) {
    return instance.ads().stream().mapToDouble(Ad::bid).toArray();
  }

  private static Map<String, Placed> byAd(PlacementResult result) {
    Map<String, Placed> map = new HashMap<>();
    result.placed().forEach(p -> map.put(p.ad(), p));
    return map;
  }

  private static Placed shown(PlacementResult result, String id) {
    return result.placed().stream()
        .filter(p -> p.ad().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " should be shown: " + result));
  }

  @Property(tries = 3000)
  void findsTheOptimumForReadersWhoCompare(@ForAll long seed) {
    PlacementInstance instance = RandomPlacements.mnl(seed, 7, 5);
    PlacementResult result = PlacementAuction.run(instance, Objective.WELFARE);
    double optimum = EveryAnswer.optimum(instance, bids(instance));
    assertThat(result.value()).isCloseTo(optimum, Offset.offset(CLOSE * (1 + optimum)));
    assertThat(result.welfare()).isCloseTo(optimum, Offset.offset(CLOSE * (1 + optimum)));
  }

  @Property(tries = 3000)
  void findsTheOptimumForReadersFromTopToBottom(@ForAll long seed) {
    PlacementInstance instance = RandomPlacements.cascade(seed, 6, 4);
    PlacementResult result =
        PlacementAuction.run(instance, Objective.WELFARE, CascadeMethod.OPTIMUM);
    double optimum = EveryAnswer.optimum(instance, bids(instance));
    assertThat(result.value()).isCloseTo(optimum, Offset.offset(CLOSE * (1 + optimum)));
    assertThat(result.welfare()).isCloseTo(optimum, Offset.offset(CLOSE * (1 + optimum)));
  }

  @Property(tries = 4000)
  void chargesBetweenTheReserveAndTheBid(@ForAll long seed) {
    PlacementResult result = setting(seed).run();
    for (Placed p : result.placed()) {
      assertThat(p.pricePerClick()).isBetween(0.0, p.bid());
      assertThat(p.pricePerClick()).isGreaterThanOrEqualTo(p.reserve() * (1 - CLOSE));
      assertThat(p.priceNanos()).isLessThanOrEqualTo((long) (p.bid() * 1e9));
      assertThat(p.expectedPayment())
          .isCloseTo(p.pricePerClick() * p.clickProbability(), Offset.offset(CLOSE));
      assertThat(p.clickProbability()).isBetween(0.0, 1.0);
    }
    assertThat(result.noClick()).isBetween(0.0, 1.0);
  }

  /** Along a grid of bids clicks never fall, and no bid earns more than the value itself. */
  @Property(tries = 3000)
  void rewardsNoBidButTheValue(@ForAll long seed) {
    Setting setting = setting(seed);
    int ad = new Random(~seed).nextInt(setting.instance().ads().size());
    String id = setting.instance().ads().get(ad).id();
    double value = setting.instance().ads().get(ad).bid();
    double honest = utility(byAd(setting.run()).get(id), value);
    double clicks = 0;
    for (int k = 0; k <= 48; k++) {
      Placed placed = byAd(setting.bidding(ad, k * k * 6.0 / (48 * 48)).run()).get(id);
      assertThat(utility(placed, value)).isLessThanOrEqualTo(honest + CLOSE);
      double now = placed == null ? 0 : placed.clickProbability();
      assertThat(now).isGreaterThanOrEqualTo(clicks - CLOSE);
      clicks = now;
    }
  }

  private static double utility(@Nullable Placed placed, double value) {
    return placed == null ? 0 : (value - placed.pricePerClick()) * placed.clickProbability();
  }

  /** With scores for values, what the presence costs the others is the integral over steps. */
  @Property(tries = 2000)
  void agreesOnPricesWithTheStepsOfClicks(@ForAll long seed) {
    Setting setting = setting(seed);
    PlacementInstance instance = setting.instance();
    PlacementRule rule =
        RuleChoice.of(new Eligibility(instance), instance.user(), setting.method());
    double[] score = bids(instance);
    Choice choice = rule.best(score, null);
    for (int i = 0; i < score.length; i++) {
      if (choice.clickProbability[i] == 0) {
        continue;
      }
      double own = score[i];
      score[i] = 0;
      Choice without = rule.best(score, null);
      score[i] = own;
      double payment = 0;
      double jumps = 0;
      for (Step step : new Envelope(rule, score, i).steps(choice, own, without)) {
        payment += step.score() * step.jump();
        jumps += step.jump();
      }
      double clicks = choice.clickProbability[i];
      assertThat(jumps).isCloseTo(clicks, Offset.offset(CLOSE));
      assertThat(payment)
          .isCloseTo(without.value - (choice.value - own * clicks), Offset.offset(CLOSE));
    }
  }

  @Property(tries = 2000)
  void tellsLosersTheLeastBidThatWins(@ForAll long seed) {
    Setting setting = setting(seed);
    PlacementResult result =
        PlacementAuction.explain(setting.instance(), setting.objective(), setting.method());
    List<String> ids = setting.instance().ads().stream().map(Ad::id).toList();
    for (Lost lost : result.lost()) {
      int ad = ids.indexOf(lost.ad());
      if (lost.bidNeeded() == Double.POSITIVE_INFINITY) {
        assertThat(byAd(setting.bidding(ad, 1e6).run())).doesNotContainKey(lost.ad());
        continue;
      }
      double more = lost.bidNeeded() * (1 + 1e-6) + 1e-9;
      Placed winner = shown(setting.bidding(ad, more).run(), lost.ad());
      assertThat(winner.pricePerClick()).isCloseTo(lost.bidNeeded(), Offset.offset(2e-6 * more));
      double less = lost.bidNeeded() * (1 - 1e-6) - 1e-9;
      if (less > 0) {
        assertThat(byAd(setting.bidding(ad, less).run())).doesNotContainKey(lost.ad());
      }
    }
  }

  @Property(tries = 2000)
  void scalesWithTheCurrency(@ForAll long seed) {
    Setting setting = setting(seed).welfare();
    PlacementResult once = setting.run();
    List<Ad> scaled =
        setting.instance().ads().stream().map(ad -> ad.withBid(1024 * ad.bid())).toList();
    PlacementResult more = setting.with(RandomPlacements.withAds(setting.instance(), scaled)).run();
    assertThat(more.value()).isCloseTo(1024 * once.value(), Offset.offset(CLOSE * 1024));
    assertThat(more.placed()).hasSameSizeAs(once.placed());
    for (int k = 0; k < once.placed().size(); k++) {
      assertThat(more.placed().get(k).ad()).isEqualTo(once.placed().get(k).ad());
      assertThat(more.placed().get(k).position()).isEqualTo(once.placed().get(k).position());
      assertThat(more.placed().get(k).pricePerClick())
          .isCloseTo(1024 * once.placed().get(k).pricePerClick(), Offset.offset(CLOSE * 1024));
    }
  }

  @Property(tries = 2000)
  void doesNotDependOnTheOrderOfAds(@ForAll long seed) {
    Setting setting = setting(seed).welfare();
    List<Ad> shuffled = new ArrayList<>(setting.instance().ads());
    Collections.shuffle(shuffled, new Random(seed));
    PlacementResult one = setting.run();
    PlacementResult other =
        setting.with(RandomPlacements.withAds(setting.instance(), shuffled)).run();
    assertThat(other.value()).isCloseTo(one.value(), Offset.offset(CLOSE));
    boolean lottery = one.rule().equals("cascade-lottery");
    if (!lottery && EveryAnswer.margin(setting.instance(), bids(setting.instance())) > 1e-6) {
      assertThat(byAd(other).keySet()).isEqualTo(byAd(one).keySet());
      byAd(one)
          .forEach(
              (id, placed) -> {
                Placed same = shown(other, id);
                assertThat(same.position()).isEqualTo(placed.position());
                assertThat(same.pricePerClick())
                    .isCloseTo(placed.pricePerClick(), Offset.offset(1e-7));
              });
    }
  }

  /** Neither one that bids nothing nor one without a place changes anything for the others. */
  @Property(tries = 2000)
  void isBlindToThoseWhoCannotWin(@ForAll long seed) {
    Setting setting = setting(seed).welfare();
    int positions = setting.instance().positions().size();
    double[] weight = new double[positions];
    Arrays.fill(weight, 0.5);
    List<Ad> more = new ArrayList<>(setting.instance().ads());
    more.add(seed % 2 == 0 ? 0 : more.size(), new Ad("bids-nothing", 0, weight));
    more.add(new Ad("fits-nowhere", 5, new double[positions]));
    PlacementResult one = setting.run();
    PlacementResult other = setting.with(RandomPlacements.withAds(setting.instance(), more)).run();
    assertThat(other.value()).isCloseTo(one.value(), Offset.offset(CLOSE));
    assertThat(other.placed()).hasSameSizeAs(one.placed());
    for (int k = 0; k < one.placed().size(); k++) {
      assertThat(other.placed().get(k).ad()).isEqualTo(one.placed().get(k).ad());
      assertThat(other.placed().get(k).pricePerClick())
          .isCloseTo(one.placed().get(k).pricePerClick(), Offset.offset(1e-8));
    }
  }
}
