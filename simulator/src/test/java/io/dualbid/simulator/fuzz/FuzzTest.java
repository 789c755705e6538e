package io.dualbid.simulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each target with its seeds, with what once broke it, and with the same mutations every time. */
class FuzzTest {
  private static final long SEED = 20261126;

  /** What once broke a target: files below a folder of its name. */
  private static final Path FOUND = Path.of("src", "test", "resources", "fuzz");

  private static final Map<String, Target> TARGETS =
      Map.of(
          "request", RequestTarget::fuzzerTestOneInput,
          "content", ContentTarget::fuzzerTestOneInput,
          "record", RecordTarget::fuzzerTestOneInput,
          "settings", SettingsTarget::fuzzerTestOneInput,
          "log", LogTarget::fuzzerTestOneInput,
          "fold", FoldTarget::fuzzerTestOneInput);

  /** Takes an input. */
  private interface Target {
    void take(byte[] data) throws Exception;
  }

  private static void take(String target, byte[] input, String what) {
    try {
      Objects.requireNonNull(TARGETS.get(target)).take(input);
    } catch (Throwable e) {
      throw new AssertionError(
          "target " + target + ", " + what + ": " + Base64.getEncoder().encodeToString(input), e);
    }
  }

  private static int count(String target) {
    int asked = Integer.getInteger("dualbid.fuzz.inputs", 0);
    return asked > 0 ? asked : target.equals("settings") ? 600 : 3_000;
  }

  @ParameterizedTest
  @ValueSource(strings = {"request", "content", "record", "settings", "log", "fold"})
  void endsEveryInputInAnAnswerOrAReason(String target) throws IOException {
    List<byte[]> seeds = Objects.requireNonNull(Seeds.all().get(target));
    for (byte[] seed : seeds) {
      take(target, seed, "a seed");
    }
    Path found = FOUND.resolve(target);
    if (Files.isDirectory(found)) {
      try (Stream<Path> files = Files.list(found)) {
        for (Path file : files.sorted().toList()) {
          take(target, Files.readAllBytes(file), file.toString());
        }
      }
    }
    Mutations mutations = new Mutations(seeds, SEED);
    int count = count(target);
    for (int i = 0; i < count; i++) {
      take(target, mutations.next(), "mutation " + i + " of seed " + SEED);
    }
    assertThat(TARGETS).containsKey(target);
  }
}
