package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.cases.CaseResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every golden case among the test resources, against the core. */
class GoldenCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  @TestFactory
  Stream<DynamicTest> passes() throws IOException {
    List<CaseResult> results = CaseResult.ofFolder(CASES);
    assertThat(results).isNotEmpty();
    return results.stream()
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.name(),
                    () ->
                        assertThat(result.status())
                            .as("%s: %s", result.name(), result.detail())
                            .isEqualTo(Status.PASSED)));
  }
}
