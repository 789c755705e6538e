package io.dualbid.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;

class MarketTest {
  private static final Law UNIFORM = new Law.Uniform(1, 1, 0);
  private static final int MANY = 200_000;

  private static Market market(Law law, Effect... effects) {
    return new Market(law, List.of(effects), false, 3);
  }

  private static double[] drawn(Market market, long seed, int count, boolean price) {
    Auctions auctions = market.auctions(seed, count);
    return price ? auctions.prices() : auctions.values();
  }

  private static double[] logs(double[] numbers) {
    double[] logs = new double[numbers.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(numbers[i]);
    }
    return logs;
  }

  @Provide
  Arbitrary<List<Effect>> effects() {
    List<Effect> all =
        List.of(
            new Season(Season.smooth(0.7), 2, true, 0.3, 0.5),
            new Regimes(7, List.of(new Factors(1, 1), new Factors(2, 0.5))),
            new Effect.Drift(new Factors(0.5, 3)),
            new Effect.Crowd(0.3, 0.2, new Factors(1, 4)),
            new Effect.Halves(new Factors(1, 0.2), new Factors(2, 1)),
            new Effect.Noise(0.4),
            new Effect.Corruption(2, 9, 8));
    return Arbitraries.of(true, false)
        .list()
        .ofSize(all.size())
        .map(
            chosen -> {
              List<Effect> some = new ArrayList<>();
              for (int i = 0; i < all.size(); i++) {
                if (chosen.get(i)) {
                  some.add(all.get(i));
                }
              }
              return some;
            });
  }

  /** Any auction can be drawn alone, from the end to the beginning too. */
  @Property(tries = 60)
  void drawsEachAuctionAsAFunctionOfSeedAndIndex(
      @ForAll("effects") List<Effect> effects,
      @ForAll long seed,
      @ForAll @IntRange(min = 10, max = 600) int horizon) {
    Market market = new Market(new Law.LogNormal(1, 0.5, 1, 0.5, 0.3), effects, false, 3);
    Auctions auctions = market.auctions(seed, horizon);
    Market.Drawing backwards = market.drawing(seed, horizon);
    Draw draw = new Draw();
    for (int i = horizon - 1; i >= 0; i--) {
      backwards.draw(i, draw);
      assertThat(draw.value()).isEqualTo(auctions.value(i));
      assertThat(draw.predicted()).isEqualTo(auctions.predicted(i));
      assertThat(draw.price()).isCloseTo(auctions.price(i), within(1e-9));
      assertThat(backwards.segment(i)).isEqualTo(auctions.segment(i)).isBetween(0, 2);
    }
    for (int i = 1; i < horizon; i++) {
      assertThat(auctions.timeMillis(i)).isGreaterThanOrEqualTo(auctions.timeMillis(i - 1));
    }
    assertThat(auctions.endMillis()).isGreaterThan(auctions.timeMillis(horizon - 1));
  }

  /** The sequence that published figures of the uniform market were made with. */
  @Test
  void drawsUniformAuctionsAsTheGeneratorOfTheJdk() {
    Auctions auctions = market(UNIFORM).auctions(42, 1_000);
    SplittableRandom random = new SplittableRandom(42);
    for (int i = 0; i < 1_000; i++) {
      assertThat(auctions.value(i)).isEqualTo(random.nextDouble());
      assertThat(auctions.price(i)).isEqualTo(Math.floor(random.nextDouble() * 1e9) / 1e9);
    }
  }

  /** 6/π·asin(0.6/2) = 0.5818. */
  @Test
  void correlatesUniformValueAndPrice() {
    Market market = market(new Law.Uniform(2, 0.5, 0.6));
    double[] values = drawn(market, 1, MANY, false);
    double[] prices = drawn(market, 1, MANY, true);
    assertThat(new Mean().evaluate(values)).isCloseTo(1, within(0.01));
    assertThat(new Mean().evaluate(prices)).isCloseTo(0.25, within(0.0025));
    assertThat(new StandardDeviation().evaluate(values))
        .isCloseTo(2 / Math.sqrt(12), within(0.005));
    assertThat(new PearsonsCorrelation().correlation(values, prices))
        .isCloseTo(0.5818, within(0.01));
  }

  @Test
  void drawsLogNormalAuctions() {
    Market market = market(new Law.LogNormal(0.3, 0.6, 0.2, 0.8, -0.4));
    double[] values = drawn(market, 2, MANY, false);
    double[] prices = drawn(market, 2, MANY, true);
    assertThat(new Median().evaluate(values)).isCloseTo(0.3, within(0.003));
    assertThat(new Median().evaluate(prices)).isCloseTo(0.2, within(0.003));
    assertThat(new StandardDeviation().evaluate(logs(values))).isCloseTo(0.6, within(0.005));
    assertThat(new StandardDeviation().evaluate(logs(prices))).isCloseTo(0.8, within(0.005));
    assertThat(new PearsonsCorrelation().correlation(logs(values), logs(prices)))
        .isCloseTo(-0.4, within(0.01));
  }

  /** After k auctions a share (1 - 1/20)^k of a state is left. */
  @Test
  void forgetsRegimesGeometrically() {
    Market market = market(UNIFORM, new Regimes(20, List.of(new Factors(0, 1), new Factors(1, 1))));
    double[] values = drawn(market, 3, MANY, false);
    double[] on = new double[MANY];
    for (int i = 0; i < MANY; i++) {
      on[i] = values[i] > 0 ? 1 : 0;
    }
    assertThat(new Mean().evaluate(on)).isCloseTo(0.5, within(0.03));
    for (int lag : new int[] {1, 10, 40}) {
      double[] now = new double[MANY - lag];
      double[] later = new double[MANY - lag];
      System.arraycopy(on, 0, now, 0, now.length);
      System.arraycopy(on, lag, later, 0, later.length);
      assertThat(new PearsonsCorrelation().correlation(now, later))
          .isCloseTo(Math.pow(0.95, lag), within(0.04));
    }
  }

  @Property(tries = 100)
  void corruptsExactlyDeltaAuctions(
      @ForAll @LongRange(min = 0, max = 1_000) long seed,
      @ForAll @IntRange(min = 10, max = 5_000) int horizon,
      @ForAll @IntRange(min = 0, max = 20) int roots) {
    Effect.Corruption corruption = new Effect.Corruption(roots, 7, 5);
    Auctions clean = market(UNIFORM).auctions(seed, horizon);
    Auctions corrupted = market(UNIFORM, corruption).auctions(seed, horizon);
    int changed = 0;
    for (int i = 0; i < horizon; i++) {
      if (corrupted.value(i) == 7) {
        assertThat(corrupted.price(i)).isEqualTo(5);
        changed++;
      } else {
        assertThat(corrupted.value(i)).isEqualTo(clean.value(i));
        assertThat(corrupted.price(i)).isEqualTo(clean.price(i));
      }
    }
    assertThat(changed).isEqualTo((int) Math.min(horizon, Math.round(roots * Math.sqrt(horizon))));
  }

  @Test
  void changesHalvesCrowdsAndDriftWhereTheySay() {
    int horizon = 1_001;
    Auctions clean = market(UNIFORM).auctions(4, horizon);
    Auctions halves =
        market(UNIFORM, new Effect.Halves(new Factors(1, 0.25), new Factors(3, 1)))
            .auctions(4, horizon);
    Auctions crowd =
        market(UNIFORM, new Effect.Crowd(0.5, 0.1, new Factors(1, 3))).auctions(4, horizon);
    Auctions drift = market(UNIFORM, new Effect.Drift(new Factors(1, 4))).auctions(4, horizon);
    for (int i = 0; i < horizon; i++) {
      boolean first = i <= 500;
      assertThat(halves.value(i)).isEqualTo(clean.value(i) * (first ? 1 : 3));
      assertThat(halves.price(i)).isCloseTo(clean.price(i) * (first ? 0.25 : 1), within(1.1e-9));
      boolean crowded = i >= 501 && i < 601;
      assertThat(crowd.price(i)).isCloseTo(clean.price(i) * (crowded ? 3 : 1), within(3.1e-9));
      assertThat(drift.price(i))
          .isCloseTo(clean.price(i) * Math.pow(4, (double) i / horizon), within(5e-9));
    }
  }

  @Test
  void tellsNoisyValuesThatAreRightOnAverage() {
    Auctions auctions =
        market(new Law.LogNormal(1, 0.3, 1, 0.3, 0), new Effect.Noise(0.5)).auctions(5, MANY);
    double[] errors = new double[MANY];
    for (int i = 0; i < MANY; i++) {
      errors[i] = auctions.predicted(i) / auctions.value(i);
    }
    assertThat(new Mean().evaluate(errors)).isCloseTo(1, within(0.01));
    assertThat(new StandardDeviation().evaluate(logs(errors))).isCloseTo(0.5, within(0.005));
  }

  @Test
  void tellsValuesThatAreTooHighByTheBias() {
    Auctions auctions =
        market(new Law.LogNormal(1, 0.3, 1, 0.3, 0), new Effect.Noise(0.5, 1.4)).auctions(5, MANY);
    double[] errors = new double[MANY];
    for (int i = 0; i < MANY; i++) {
      errors[i] = auctions.predicted(i) / auctions.value(i);
    }
    assertThat(new Mean().evaluate(errors)).isCloseTo(1.4, within(0.014));
  }

  /** One in four brings four times its worth, some 50 auctions later; the auctions are the same. */
  @Test
  void bringsWhatWinsAreWorthLater() {
    Law law = new Law.LogNormal(1, 0.3, 1, 0.3, 0);
    Auctions plain = new Market(law, List.of(), false, 0).auctions(5, MANY);
    Auctions late =
        new Market(law, List.of(), false, 0, new Conversions(0.25, 50)).auctions(5, MANY);
    assertThat(late.values()).isEqualTo(plain.values());
    assertThat(late.prices()).isEqualTo(plain.prices());
    double worth = 0;
    double delay = 0;
    int converted = 0;
    Arrivals arrivals = late.arrivals();
    for (Arrival next = arrivals.next(); next != null; next = arrivals.next()) {
      double value = late.value((int) next.number());
      assertThat(next.worth()).isIn(0.0, value / 0.25);
      worth += next.worth() / value;
      converted += next.worth() > 0 ? 1 : 0;
      delay += next.worthDelayMillis();
    }
    assertThat(worth / MANY).isCloseTo(1, within(0.03));
    assertThat((double) converted / MANY).isCloseTo(0.25, within(0.0075));
    // Rounded down to whole milliseconds.
    assertThat(delay / MANY).isCloseTo(49.5, within(1.0));
  }

  /** Of 168,000 auctions in two weeks each hour has its share, and the price of its traffic. */
  @Test
  void spreadsAuctionsOverTheHoursOfAWeek() {
    List<Double> weights = new ArrayList<>();
    for (int h = 0; h < 168; h++) {
      weights.add(1.0 + h % 24);
    }
    Season season = new Season(weights, 500, true, 0, 1);
    Auctions auctions = market(new Law.LogNormal(1, 0, 1, 0, 0), season).auctions(6, 168_000);
    int[] counts = new int[24];
    for (int i = 0; i < auctions.count(); i++) {
      long millis = auctions.timeMillis(i) - Auctions.START;
      int hour = (int) (millis / Season.HOUR % 24);
      counts[hour]++;
      assertThat(auctions.price(i)).isCloseTo((1 + hour) / 12.5, within(1e-8));
    }
    for (int h = 0; h < 24; h++) {
      // 168,000 · (1 + h) / 300, less or more one an hour.
      assertThat(counts[h]).isBetween(560 * (1 + h) - 14, 560 * (1 + h) + 14);
    }
    assertThat(auctions.endMillis() - Auctions.START).isEqualTo(2 * 168 * Season.HOUR);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new Law.Uniform(0, 1, 0)).hasMessageContaining("> 0");
    assertThatThrownBy(() -> new Law.Uniform(1, 1, 1.1)).hasMessageContaining("[-1, 1]: 1.1");
    assertThatThrownBy(() -> new Law.LogNormal(1, -1, 1, 1, 0)).hasMessageContaining(">= 0");
    assertThatThrownBy(() -> new Factors(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Regimes(0.5, List.of(new Factors(1, 1))))
        .hasMessageContaining("0.5");
    assertThatThrownBy(() -> new Effect.Crowd(0, 2, new Factors(1, 1))).hasMessageContaining("2.0");
    assertThatThrownBy(() -> market(UNIFORM, new Effect.Noise(0.1), new Effect.Noise(0.2)))
        .hasMessageContaining("once");
  }
}
