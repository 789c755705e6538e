package io.dualbid.simulator.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.cases.CaseResult.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every golden case among the test resources, against the core. */
class GoldenCasesTest {
  private static final Path CASES = Path.of("src/test/resources/cases");

  /** Cases that {@code KnapsackTest} reads; a name leaves this list when its form gets a check. */
  private static final Set<String> READ_ELSEWHERE =
      Set.of("hindsight-one-campaign", "hindsight-ties");

  @TestFactory
  Stream<DynamicTest> passes() throws IOException {
    List<CaseResult> results = CaseResult.ofFolder(CASES);
    assertThat(results).isNotEmpty();
    return results.stream()
        .filter(result -> !READ_ELSEWHERE.contains(result.name()))
        .map(
            result ->
                DynamicTest.dynamicTest(
                    result.name(),
                    () ->
                        assertThat(result.status())
                            .as("%s: %s", result.name(), result.detail())
                            .isEqualTo(Status.PASSED)));
  }

  @Test
  void leavesOutOnlyFormsThatHaveNoCheckYet() throws IOException {
    assertThat(CaseResult.ofFolder(CASES))
        .filteredOn(result -> READ_ELSEWHERE.contains(result.name()))
        .hasSameSizeAs(READ_ELSEWHERE)
        .allSatisfy(result -> assertThat(result.status()).isEqualTo(Status.UNKNOWN));
  }
}
