package io.dualbid.core.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FrequencyCounterTest {
  @Test
  void countsEachUserAndCampaignApart() {
    FrequencyCounter counter = new FrequencyCounter(1024, 1_000);
    counter.record(1, 7, 0, 10_000);
    counter.record(1, 7, 5, 10_000);
    counter.record(2, 7, 5, 10_000);
    assertThat(counter.count(1, 7, 10, 10_000)).isEqualTo(2);
    assertThat(counter.count(2, 7, 10, 10_000)).isEqualTo(1);
    assertThat(counter.count(1, 8, 10, 10_000)).isZero();
  }

  @Test
  void countsABidUntilItsWinIsKnown() {
    FrequencyCounter counter = new FrequencyCounter(1024, 1_000);
    counter.pend(1, 7, 0);
    assertThat(counter.count(1, 7, 900, 10_000)).isEqualTo(1);
    assertThat(counter.count(1, 7, 1_300, 10_000)).isZero();
  }

  @Test
  void servesFurtherWindowsByTheNextLonger() {
    FrequencyCounter counter = new FrequencyCounter(64, 1_000);
    for (int i = 1; i <= FrequencyCounter.MOST_WINDOWS; i++) {
      counter.record(1, i, 0, i * 10_000L);
    }
    counter.record(1, 99, 0, 15_000);
    assertThat(counter.count(1, 99, 14_000, 15_000)).isEqualTo(1);
    assertThat(counter.count(1, 99, 17_000, 15_000)).isEqualTo(1);
    assertThat(counter.count(1, 99, 26_000, 15_000)).isZero();
  }

  @Property(tries = 100)
  void neverCountsTooLowWithinItsWindow(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    long window = 1_000L + random.nextInt(5_000);
    FrequencyCounter counter = new FrequencyCounter(64, 100);
    record Seen(long user, long time) {}
    List<Seen> seen = new ArrayList<>();
    long now = random.nextLong(1L << 40);
    for (int i = 0; i < 300; i++) {
      now += random.nextInt(100);
      long user = random.nextInt(30);
      counter.record(user, 7, now, window);
      seen.add(new Seen(user, now));
      long asked = random.nextInt(30);
      long time = now;
      long exact = seen.stream().filter(s -> s.user == asked && s.time > time - window).count();
      assertThat((long) counter.count(asked, 7, now, window)).isGreaterThanOrEqualTo(exact);
      if (i % 50 == 0) {
        counter = restored(counter);
      }
    }
  }

  /**
   * The stated bound, e·N/w exceeded by 2 % of the keys at most, on one seeded draw: of 2,000 keys
   * about 37 may exceed it (1.8 %), and 60 would be four standard deviations more.
   */
  @Test
  void countsTooHighNoMoreThanStated() {
    int width = 1024;
    int impressions = 20_000;
    FrequencyCounter counter = new FrequencyCounter(width, 100);
    for (int i = 0; i < impressions; i++) {
      counter.record(Hash.mix(i), 7, 0, 10_000);
    }
    double allowed = Math.E * impressions / width;
    int above = 0;
    for (int i = 0; i < 2_000; i++) {
      if (counter.count(Hash.mix(-1 - i), 7, 0, 10_000) > allowed) {
        above++;
      }
    }
    assertThat(above).isLessThan(60);
  }

  private static FrequencyCounter restored(FrequencyCounter counter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counter.write(new DataOutputStream(bytes));
    return FrequencyCounter.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 100);
  }
}
