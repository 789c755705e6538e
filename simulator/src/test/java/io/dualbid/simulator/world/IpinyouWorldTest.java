package io.dualbid.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IpinyouWorldTest {
  @TempDir private Path folder = Path.of("");

  private Path log(String text) throws IOException {
    return Files.writeString(folder.resolve("log.txt"), text);
  }

  @Test
  void makesARequestOfEachLine() throws IOException {
    try (IpinyouWorld world = new IpinyouWorld(log("0 23 0.001\n1 5 0.02\n"), 9, 1, 100)) {
      Auction first = Objects.requireNonNull(world.next()).auctions().get(0);
      assertThat(first.priceNanos()).isEqualTo(23_000_000_000L);
      assertThat(first.clickRate()).isEqualTo(0.001);
      assertThat(first.clicked()).isFalse();
      Opportunity second = Objects.requireNonNull(world.next());
      assertThat(second.requestId()).isEqualTo("9-2");
      assertThat(second.auctions().get(0).clicked()).isTrue();
      assertThat(world.next()).isNull();
    }
  }

  @Test
  void playsAPartOfTheLog() throws IOException {
    try (IpinyouWorld world = new IpinyouWorld(log("0 1 0.1\n0 2 0.1\n0 3 0.1\n"), 1, 2, 2)) {
      assertThat(Objects.requireNonNull(world.next()).auctions().get(0).priceNanos())
          .isEqualTo(2_000_000_000L);
      assertThat(world.next()).isNull();
    }
  }

  @Test
  void tellsWhichLineItCannotRead() throws IOException {
    try (IpinyouWorld world = new IpinyouWorld(log("0 1 0.1\n0 x 0.1\n"), 1, 1, 9)) {
      world.next();
      assertThatThrownBy(world::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("log.txt:2:3: found")
          .hasMessageContaining("accepted:");
    }
  }

  @Test
  void givesTheSameWorldForTheSameSeed() {
    try (GeneratedWorld one = new GeneratedWorld(Landscape.DISPLAY, 5, 200);
        GeneratedWorld other = new GeneratedWorld(Landscape.DISPLAY, 5, 200)) {
      for (int i = 0; i < 200; i++) {
        Opportunity a = Objects.requireNonNull(one.next());
        Opportunity b = Objects.requireNonNull(other.next());
        assertThat(a.request()).isEqualTo(b.request());
        assertThat(a.auctions()).isEqualTo(b.auctions());
      }
      assertThat(one.next()).isNull();
    }
  }
}
