package io.dualbid.core.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.StepSize;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PersonalisedAssortmentTest {
  private static PersonalisedAssortment shop(Gradient gradient, double[] revenue, long... stock) {
    return new PersonalisedAssortment(
        revenue,
        1,
        new Capacity(stock),
        Horizon.of(20),
        ShadowPrices.plain(
            Instance.duals(stock.length, Euclidean.DEFAULT, new StepSize.Constant(0.5), 1)),
        gradient);
  }

  @Test
  void offersWhatEarnsMostAtThePricesOfTheStock() {
    PersonalisedAssortment shop = shop(Gradient.TENTATIVE, new double[] {5, 3, 1.5}, 4, 4, 4);
    // Adjusted 4, 2, 0.5: R({0}) = 2, so that the second, at 2, is not worth it.
    assertThat(shop.offer(new double[] {1, 1, 1})).isEqualTo(2);
    assertThat(shop.isOffered(0)).isTrue();
    assertThat(shop.isOffered(1)).isFalse();
    assertThat(shop.probability(0)).isEqualTo(0.5);
    shop.settle(Options.NULL_ACTION);
    assertThat(shop.prices().multiplier(0)).isEqualTo(1 - 0.5 * (0.2 - 0.5), within(1e-15));
    assertThat(shop.prices().multiplier(1)).isEqualTo(1 - 0.5 * 0.2, within(1e-15));
    assertThat(shop.earned()).isZero();
  }

  @Test
  void stepsByThePurchaseWhereTheGradientIsRealised() {
    PersonalisedAssortment shop = shop(Gradient.REALISED, new double[] {5, 5}, 4, 4);
    shop.offer(new double[] {1, 1});
    shop.settle(1);
    assertThat(shop.stock(1)).isEqualTo(3);
    assertThat(shop.earned()).isEqualTo(5);
    assertThat(shop.prices().multiplier(0)).isEqualTo(1 - 0.5 * 0.2, within(1e-15));
    assertThat(shop.prices().multiplier(1)).isEqualTo(1 - 0.5 * (0.2 - 1), within(1e-15));
  }

  @Test
  void walksTheOfferInTheOrderOfTheProducts() {
    PersonalisedAssortment shop = shop(Gradient.TENTATIVE, new double[] {5, 0, 5}, 4, 4, 4);
    shop.offer(new double[] {1, 1, 2});
    assertThat(shop.purchase(0)).isZero();
    assertThat(shop.purchase(0.24)).isZero();
    assertThat(shop.purchase(0.26)).isEqualTo(2);
    assertThat(shop.purchase(0.74)).isEqualTo(2);
    assertThat(shop.purchase(0.76)).isEqualTo(Options.NULL_ACTION);
  }

  @Property(tries = 100)
  void sellsNoMoreThanItHasWhateverTheVisitorsAreLike(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PersonalisedAssortment shop =
        new PersonalisedAssortment(
            new double[] {10, 8, 6, 1e150},
            random.nextDouble(),
            new Capacity(3, 0, 5, 1),
            Horizon.of(50),
            ShadowPrices.plain(Instance.duals(4, Euclidean.DEFAULT, new StepSize.Constant(1), 0)),
            random.nextBoolean() ? Gradient.TENTATIVE : Gradient.REALISED);
    long[] stock = {3, 0, 5, 1};
    for (int t = 0; t < 60; t++) {
      double[] weight = new double[4];
      for (int i = 0; i < 4; i++) {
        weight[i] =
            switch (random.nextInt(10)) {
              case 0 -> Double.NaN;
              case 1 -> -1;
              case 2 -> Double.POSITIVE_INFINITY;
              case 3 -> 0;
              default -> random.nextDouble();
            };
      }
      assertThat(shop.offer(weight)).isFinite().isNotNegative();
      int bought = shop.purchase(random.nextDouble());
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        assertThat(shop.isOffered(i) && stock[i] == 0).isFalse();
        sum += shop.probability(i);
      }
      assertThat(sum).isBetween(0.0, 1 + 1e-12);
      shop.settle(bought);
      if (bought >= 0) {
        stock[bought]--;
      }
      for (int i = 0; i < 4; i++) {
        assertThat(shop.stock(i)).isEqualTo(stock[i]).isNotNegative();
        assertThat(shop.prices().multiplier(i)).isBetween(0.0, 1e12);
      }
    }
    assertThat(shop.offer(new double[] {1, 1, 1, 1})).isZero();
  }

  @Test
  void takesOneVisitorAtATimeAndSellsOnlyWhatItOffers() {
    PersonalisedAssortment shop = shop(Gradient.TENTATIVE, new double[] {5, 3}, 4, 0);
    shop.offer(new double[] {1, 1});
    assertThatThrownBy(() -> shop.offer(new double[] {1, 1}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> shop.settle(1)).isInstanceOf(IllegalArgumentException.class);
    shop.settle(0);
    shop.setStock(1, 2);
    assertThat(shop.stock(1)).isEqualTo(2);
    shop.setStock(0, 0);
    assertThat(shop.stock(0)).isZero();
    shop.setHorizon(3);
    assertThat(shop.prices().target(1)).isEqualTo(1);
  }
}
