package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChaosCommandTest {
  @Test
  void playsSeedsAndTellsWhatBrokeAndWhatIsLeft() throws IOException {
    Captured run = Captured.run("chaos", "--simulated", "--seeds", "1..4", "--json");
    assertThat(run.status()).isZero();
    JsonNode told = new ObjectMapper().readTree(run.out());
    assertThat(told.path("seeds").asInt()).isEqualTo(4);
    assertThat(told.path("faults").size()).isPositive();
    assertThat(told.path("wins").asInt()).isPositive();
    for (String none : new String[] {"breaches", "unmatched", "lost_outcomes", "double_charges"}) {
      assertThat(told.path(none).asInt(-1)).as(none).isZero();
    }
    assertThat(told.path("failing_seeds")).isEmpty();
  }

  @Test
  void oneSeedAloneIsThatRunAgain() {
    Captured once = Captured.run("chaos", "--simulated", "--seeds", "3", "--json");
    Captured again = Captured.run("chaos", "--simulated", "--seeds", "3..3", "--json");
    assertThat(once.out()).isEqualTo(again.out());
  }

  @Test
  void saysWhatIsWrongWithSeeds() {
    Captured run = Captured.run("chaos", "--simulated", "--seeds", "9..1");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--seeds: found '9..1'", "a range such as 1..1000");
    assertThat(Captured.run("chaos").err()).contains("neither --simulated nor --real");
  }
}
