package io.dualbid.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.simulator.log.SkippedRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWorldTest {
  @TempDir private Path folder = Path.of("");

  private Path log(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void makesRequestsOfAnyLogWithClickRates() throws IOException {
    Path one = log("1.csv", "timestamp,price,pctr,click\n10,2.5,0.25,1\n30,1,0.5,0\n");
    Path two = log("2.jsonl", "{\"timestamp\": 20, \"price\": 4, \"pctr\": 0.125}\nx\n");
    List<Path> files = List.of(one, two);
    try (SkippedRows skipped = new SkippedRows(folder.resolve("skipped"))) {
      LogStatistics statistics = LogStatistics.read(files, null, skipped);
      assertThat(statistics.rows()).isEqualTo(3);
      assertThat(statistics.meanPrice()).isEqualTo(2.5);
      assertThat(statistics.meanClickRate()).isEqualTo(0.875 / 3);
      assertThat(statistics.priceUnitNanos()).isEqualTo(1_000_000);
      assertThat(statistics.skippedRows()).isEqualTo(1);
    }
    try (LogWorld world = new LogWorld(files, null, SkippedRows.told(), 10, 2, 9)) {
      Opportunity second = Objects.requireNonNull(world.next());
      assertThat(second.requestId()).isEqualTo("a-2");
      assertThat(new String(second.request(), StandardCharsets.UTF_8)).contains("\"pctr\":0.125");
      assertThat(second.auctions().get(0).priceNanos()).isEqualTo(4_000_000);
      assertThat(Objects.requireNonNull(world.next()).auctions().get(0).clickRate()).isEqualTo(0.5);
      assertThat(world.next()).isNull();
    }
  }

  @Test
  void refusesValuesWhichRequestsDoNotTell() throws IOException {
    Path log = log("1.csv", "price,value\n1,1\n");
    try (LogWorld world = new LogWorld(List.of(log), null, null, 1, 1, 9)) {
      assertThatThrownBy(world::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("1.csv:2:3: found a value; accepted: pctr");
    }
  }
}
