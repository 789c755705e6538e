package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  @Test
  void remembersZeroLikeAnyOtherId() {
    RecentIds ids = new RecentIds();
    assertThat(ids.timeOf(0)).isEqualTo(RecentIds.ABSENT);
    ids.put(0, 7);
    assertThat(ids.timeOf(0)).isEqualTo(7);
    ids.put(0, 8);
    assertThat(ids.timeOf(0)).isEqualTo(8);
    assertThat(ids.size()).isEqualTo(1);
  }

  @Property(tries = 200)
  void tellsTheNewestTimeUntilNobodyAsksAnyMore(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RecentIds ids = new RecentIds();
    Map<Long, Long> putAt = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 400; i++) {
      now += random.nextInt(10);
      long id = random.nextInt(60);
      if (random.nextInt(3) > 0) {
        ids.put(id, now);
        putAt.put(id, now);
      }
      ids.forgetBefore(now - 100, 100);
      for (Map.Entry<Long, Long> put : putAt.entrySet()) {
        if (put.getValue() >= now - 100) {
          assertThat(ids.timeOf(put.getKey())).isEqualTo(put.getValue());
        }
      }
      if (random.nextInt(20) == 0) {
        ids = restored(ids);
      }
    }
  }

  @Test
  void dropsWhatIsOldOnceAnEighthOfWhatIsRememberedHasPassed() {
    RecentIds ids = new RecentIds();
    for (long time = 0; time < 100_000; time++) {
      ids.put(time, time);
      ids.forgetBefore(time - 800, 800);
      assertThat(ids.size()).isLessThanOrEqualTo(800 + 100 + 2);
    }
    assertThat(ids.timeOf(99_000)).isEqualTo(RecentIds.ABSENT);
    assertThat(ids.timeOf(99_300)).isEqualTo(99_300);
  }

  @Property(tries = 100)
  void writesWhatItReadInTheSameBytes(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RecentIds ids = new RecentIds();
    for (int i = random.nextInt(200); i > 0; i--) {
      ids.put(random.nextLong(), random.nextInt(100));
    }
    ids.forgetBefore(0, 0);
    ids.forgetBefore(random.nextInt(100), 0);
    byte[] bytes = bytes(ids);
    assertThat(bytes(restored(ids))).isEqualTo(bytes);
    assertThat(bytes(ids)).isEqualTo(bytes);
  }

  /** As they were written before ids had times: the beginning, the newer ids, the older ones. */
  @Test
  void readsGenerationsWithoutTimes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(1_000);
    out.writeInt(1);
    out.writeLong(5);
    out.writeInt(1);
    out.writeLong(6);
    RecentIds ids = RecentIds.readGenerations(100, 2, in(bytes.toByteArray()));
    assertThat(ids.timeOf(5)).isEqualTo(1_200);
    assertThat(ids.timeOf(6)).isEqualTo(1_100);
  }

  @Test
  void datesGenerationsThatHadNotBegunWhenTimePasses() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(Long.MIN_VALUE);
    out.writeInt(1);
    out.writeLong(5);
    out.writeInt(0);
    RecentIds ids = RecentIds.readGenerations(100, 1, in(bytes.toByteArray()));
    assertThat(ids.timeOf(5)).isEqualTo(Long.MAX_VALUE);
    ids.date(70);
    assertThat(ids.timeOf(5)).isEqualTo(70);
  }

  private static byte[] bytes(RecentIds ids) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ids.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static RecentIds restored(RecentIds ids) throws IOException {
    return RecentIds.read(in(bytes(ids)));
  }
}
