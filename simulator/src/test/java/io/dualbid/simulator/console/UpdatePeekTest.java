package io.dualbid.simulator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.stream.codec.PacingUpdateCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UpdatePeekTest {
  @Test
  void seesTheEpochThatDecodingSees() {
    String longest = "x".repeat(512);
    for (String id : new String[] {"a", longest, "the \"epoch\":7 of it"}) {
      byte[] record = PacingUpdateCodec.encode(Updates.active(id, 1_795_496_460_450L, 1, 1, 1));
      assertThat(UpdatePeek.epoch(record)).as(id).isEqualTo(1_795_496_460_450L);
    }
  }

  @Test
  void tellsEveryStateFromEveryOther() {
    var seen =
        Arrays.stream(State.values())
            .map(state -> Updates.update("a", 5, state, 1, 1, 1, 1, null))
            .map(update -> UpdatePeek.state(PacingUpdateCodec.encode(update)))
            .collect(Collectors.toSet());
    assertThat(seen).hasSize(State.values().length).doesNotContain(0);
  }

  @Test
  void findsNothingInWhatIsNoUpdate() {
    for (String text : new String[] {"", "{}", "{\"epoch\":", "{\"state\":\"a"}) {
      byte[] record = text.getBytes(StandardCharsets.UTF_8);
      assertThat(UpdatePeek.epoch(record)).isZero();
      assertThat(UpdatePeek.state(record)).isZero();
    }
  }
}
