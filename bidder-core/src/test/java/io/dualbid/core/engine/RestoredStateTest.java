package io.dualbid.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Entropy;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.landscape.LandscapeConfig;
import io.dualbid.core.landscape.LandscapeConfig.Method;
import io.dualbid.core.landscape.LandscapeLearner;
import io.dualbid.core.landscape.StepLandscape;
import io.dualbid.core.targeting.FrequencyCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What is saved beside pacers is restored: twins read the same, one of them is saved and read back
 * now and then, and both must answer alike.
 */
class RestoredStateTest {
  private static final long PENDING = 2_000;

  private interface Writing {
    void to(DataOutput out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInput in) throws IOException;
  }

  private static <T> T readBack(Writing writing, Reading<T> reading) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.to(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    T read = reading.from(in);
    assertThat(in.read()).as("bytes left over").isEqualTo(-1);
    return read;
  }

  /** Impressions of all windows; what was pending at that moment may be forgotten. */
  @Property(tries = 100)
  void countsImpressionsAsIfItHadNeverBeenSaved(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    FrequencyCounter steady = new FrequencyCounter(64, PENDING);
    FrequencyCounter restored = new FrequencyCounter(64, PENDING);
    long[] windows = new long[1 + random.nextInt(10)];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = 10L + random.nextInt(100_000);
    }
    long now = 1_000_000L + random.nextInt(1_000);
    for (int i = 0; i < 600; i++) {
      long user = random.nextInt(30);
      long campaign = random.nextInt(3);
      long window = windows[random.nextInt(windows.length)];
      if (random.nextInt(80) == 0) {
        FrequencyCounter before = restored;
        restored = readBack(before::write, in -> FrequencyCounter.read(in, PENDING));
      }
      if (random.nextBoolean()) {
        steady.record(user, campaign, now, window);
        restored.record(user, campaign, now, window);
      }
      assertThat(restored.count(user, campaign, now, window))
          .isEqualTo(steady.count(user, campaign, now, window));
      now += random.nextInt(20) == 0 ? random.nextInt(60_000) : random.nextInt(100);
    }
    // A bid may be forgotten by a restart; from then on it counts as before.
    steady.pend(1, 1, now);
    restored.pend(1, 1, now);
    assertThat(restored.count(1, 1, now, windows[0]))
        .isEqualTo(steady.count(1, 1, now, windows[0]))
        .isPositive();
  }

  /** Whatever the exchange tells: all prices, those of losses, none, or now this and now that. */
  @Property(tries = 20)
  void learnsPricesAsIfItHadNeverBeenSaved(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    LandscapeConfig config = config(random);
    int told = random.nextInt(4);
    LandscapeLearner steady = new LandscapeLearner(config);
    LandscapeLearner restored = new LandscapeLearner(config);
    for (int i = 0; i < 150; i++) {
      double bid = random.nextInt(40) == 0 ? -1 : 0.001 + random.nextDouble();
      double price = 0.001 + random.nextDouble();
      boolean known =
          told == 0 || (told == 1 && price > bid) || (told == 3 && random.nextBoolean());
      for (LandscapeLearner learner : new LandscapeLearner[] {steady, restored}) {
        if (price <= bid) {
          learner.won(bid, known ? price : Double.NaN);
        } else {
          learner.lost(bid, known ? price : Double.NaN);
        }
      }
      if (random.nextInt(10) == 0) {
        long ticks = random.nextInt(20);
        steady.advance(ticks);
        restored.advance(ticks);
      }
      if (random.nextInt(25) == 0) {
        LandscapeLearner before = restored;
        restored = readBack(before::write, in -> LandscapeLearner.read(config, in));
      }
      assertThat(restored.observations()).isEqualTo(steady.observations());
      assertThat(restored.rejected()).isEqualTo(steady.rejected());
      if (i % 50 == 0) {
        assertThat(restored.landscape()).isEqualTo(steady.landscape());
      }
    }
    assertThat(restored.landscape()).isEqualTo(steady.landscape());
  }

  private static LandscapeConfig config(SplittableRandom random) {
    double halfLife = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1 + random.nextInt(200);
    LandscapeConfig config = LandscapeConfig.of(StepLandscape.UNKNOWN, 0, halfLife);
    return switch (random.nextInt(3)) {
      case 0 -> LandscapeConfig.exact(20 + random.nextInt(200));
      case 1 -> config.with(Method.LOG_NORMAL);
      default -> config;
    };
  }

  @Property(tries = 100)
  void stepsAsIfItHadNeverBeenSaved(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StepSize size =
        random.nextBoolean() ? new StepSize.Adaptive(0.3, 1) : new StepSize.InverseRoot(0.3);
    DualVariable steady = new DualVariable(Entropy.DEFAULT, size, 1);
    DualVariable restored = new DualVariable(Entropy.DEFAULT, size, 1);
    for (int i = 0; i < 60; i++) {
      double gradient = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble() - 0.4;
      steady.step(gradient);
      restored.step(gradient);
      if (random.nextInt(10) == 0) {
        DualVariable before = restored;
        restored = readBack(before::write, in -> DualVariable.read(Entropy.DEFAULT, size, in));
      }
      assertThat(restored.multiplier()).isEqualTo(steady.multiplier());
      assertThat(restored.slots()).isEqualTo(steady.slots());
      assertThat(restored.sumOfSquares()).isEqualTo(steady.sumOfSquares());
      assertThat(restored.faults()).isEqualTo(steady.faults());
    }
  }
}
