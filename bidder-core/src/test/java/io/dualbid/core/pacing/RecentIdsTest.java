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
    RecentIds ids = new RecentIds(10);
    assertThat(ids.contains(0)).isFalse();
    assertThat(ids.add(0)).isTrue();
    assertThat(ids.add(0)).isFalse();
    assertThat(ids.contains(0)).isTrue();
  }

  @Property(tries = 200)
  void remembersForOneWindowAtLeastAndTwoAtMost(@ForAll long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    RecentIds ids = new RecentIds(100);
    Map<Long, Long> addedAt = new HashMap<>();
    long now = 0;
    for (int i = 0; i < 400; i++) {
      now += random.nextInt(10);
      ids.advance(now);
      long id = random.nextInt(60);
      boolean known = ids.contains(id);
      Long since = addedAt.get(id);
      if (since == null) {
        assertThat(known).isFalse();
      } else if (now - since <= 100 - 10) {
        assertThat(known).as("%d after %d", id, now - since).isTrue();
      } else if (now - since > 200 + 20) {
        assertThat(known).as("%d after %d", id, now - since).isFalse();
      }
      assertThat(ids.add(id)).isEqualTo(!known);
      if (!known) {
        addedAt.put(id, now);
      }
      if (random.nextInt(20) == 0) {
        ids = restored(ids);
      }
    }
  }

  private static RecentIds restored(RecentIds ids) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ids.write(new DataOutputStream(bytes));
    return RecentIds.read(100, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
