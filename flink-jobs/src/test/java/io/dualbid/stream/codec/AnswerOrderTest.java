package io.dualbid.stream.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Reason;
import io.dualbid.stream.codec.Decided.Input;
import io.dualbid.stream.codec.Decided.Span;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AnswerOrderTest {
  private static final RequestPlace PLACE = new RequestPlace(2, 77);
  private static final List<String> TOPICS =
      List.of(
          Topics.DEFAULT.campaigns(),
          Topics.DEFAULT.pacing(),
          Topics.DEFAULT.leases(),
          Topics.DEFAULT.outcomes());

  private final AnswerOrder order = new AnswerOrder(Topics.DEFAULT, -3, 1);

  private Decided answer(long decidedMillis) throws UnreadableRecord {
    byte[] answer = NoBidCodec.encode("r", Reason.LEASE_EMPTY, decidedMillis, PLACE, order);
    order.answered();
    return Decided.of(raw(answer));
  }

  private static RawRecord raw(byte[] value) {
    return new RawRecord("no-bids", 0, 1, 1, null, value);
  }

  private void learned(String topic, int partition, long offset) {
    order.learned(new RawRecord(topic, partition, offset, 1, null, null));
  }

  @Test
  void tellsWhoDecidedWhenAndAfterWhat() throws UnreadableRecord {
    learned(Topics.DEFAULT.pacing(), 0, 5);
    learned(Topics.DEFAULT.pacing(), 0, 6);
    learned(Topics.DEFAULT.leases(), 1, 9);
    learned(Topics.DEFAULT.pacing(), 0, 7);

    assertThat(answer(1_000))
        .isEqualTo(
            new Decided(
                -3,
                1,
                0,
                1_000,
                PLACE,
                List.of(
                    new Span(Input.PACING, 0, 5, 6),
                    new Span(Input.LEASES, 1, 9, 9),
                    new Span(Input.PACING, 0, 7, 7))));
    assertThat(answer(1_001)).isEqualTo(new Decided(-3, 1, 1, 1_001, PLACE, List.of()));
  }

  /** Walking through the spans meets every record that was taken in, in its order. */
  @Property
  void losesNoRecord(@ForAll @Size(max = 60) List<@IntRange(max = 7) Integer> sources)
      throws UnreadableRecord {
    List<String> taken = new ArrayList<>();
    long[] next = new long[8];
    for (int source : sources) {
      long offset = next[source]++;
      learned(TOPICS.get(source / 2), source % 2, offset);
      taken.add(TOPICS.get(source / 2) + source % 2 + "@" + offset);
    }
    List<String> told = new ArrayList<>();
    for (Span span : answer(1).learned()) {
      for (long offset = span.first(); offset <= span.last(); offset++) {
        told.add(span.input().topic(Topics.DEFAULT) + span.partition() + "@" + offset);
      }
    }

    assertThat(told).isEqualTo(taken);
  }

  @Test
  void refusesWhatTellsNoOrder() {
    byte[] old = "{\"id\":\"r\",\"ext\":{\"dualbid\":{}}}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> Decided.of(raw(old)))
        .isInstanceOf(UnreadableRecord.class)
        .hasMessageContaining("accepted: answers that tell their order");
    assertThatThrownBy(() -> learned("elsewhere", 0, 1)).hasMessageContaining("elsewhere");
  }
}
