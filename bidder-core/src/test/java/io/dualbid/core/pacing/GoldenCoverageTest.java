package io.dualbid.core.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every golden case that lies among the test resources is named by a test. */
class GoldenCoverageTest {
  @Test
  void leavesNoCopiedCaseUnchecked() throws IOException {
    StringBuilder tests = new StringBuilder();
    try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
      for (Path source :
          sources.filter(p -> p.getFileName().toString().startsWith("Golden")).toList()) {
        tests.append(Files.readString(source));
      }
    }
    try (Stream<Path> cases = Files.list(Path.of("src/test/resources/cases/pacing"))) {
      assertThat(cases.map(p -> p.getFileName().toString().replace(".json", "")))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(tests).contains("\"" + name + "\""));
    }
  }
}
