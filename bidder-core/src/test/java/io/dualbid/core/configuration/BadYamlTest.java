package io.dualbid.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were made to hurt end in a line that says where. */
class BadYamlTest {
  private static final String CAMPAIGN =
      """
      campaigns:
        - id: a
          advertiser: shoes.example
          budget: 5
          flight: { start: 2026-03-01T00:00:00Z, end: 2026-03-02T00:00:00Z }
          objective: value
          value-per-click: 1
          click-rate: 0.001
          max-bid-cpm: 10
          creatives: [{ id: square, type: banner, size: 300x250 }]
      """;

  private static List<Problem> problems(String text) {
    ConfigurationException wrong =
        catchThrowableOfType(
            ConfigurationException.class, () -> Configurations.campaigns("f.yaml", text));
    assertThat(wrong).isNotNull();
    assertThat(wrong.problems())
        .isNotEmpty()
        .hasSizeLessThanOrEqualTo(1_000)
        .allSatisfy(
            problem -> {
              assertThat(problem.line()).isPositive();
              assertThat(problem.column()).isPositive();
              assertThat(problem.found()).startsWith("found ");
            });
    return wrong.problems();
  }

  /** Nine aliases of nine aliases of …: ten to the ninth values out of some lines. */
  @Test
  void aBombOfAliases() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
    }
    assertThat(problems(bomb.toString())).anyMatch(problem -> problem.found().contains("aliases"));
  }

  @Test
  void anAliasOfItself() {
    assertThat(problems("campaigns: &a [*a]\n")).isNotEmpty();
    assertThat(problems("campaigns: &a {x: *a}\n")).isNotEmpty();
    assertThat(problems("campaigns: *nobody\n")).anyMatch(p -> p.found().contains("nobody"));
  }

  @Test
  void anAnchorIsWrittenOut() {
    String text = CAMPAIGN.replace("- id", "- &base\n    id") + "  - *base\n";
    assertThat(problems(text)).anyMatch(problem -> problem.found().contains("'a'"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 3_000, 100_000})
  void deepNesting(int levels) {
    assertThat(problems("campaigns: " + "[".repeat(levels) + "]".repeat(levels) + "\n"))
        .isNotEmpty();
    assertThat(problems("campaigns: " + "{a: ".repeat(levels) + "1" + "}".repeat(levels) + "\n"))
        .isNotEmpty();
  }

  @Test
  void charactersThatCannotBePrintedAreToldAtTheirPlace() {
    List<Problem> problems = problems("campaigns:\n  - id: a\u0000b\n");
    assertThat(problems.get(0).line()).isEqualTo(2);
    assertThat(problems.get(0).column()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-5",
        ".nan",
        ".inf",
        "9999999999999999999999999999",
        "0.00000000001",
        "five"
      })
  void budgetsThatAreNone(String budget) {
    List<Problem> problems = problems(CAMPAIGN.replace("budget: 5", "budget: " + budget));
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.line()).isEqualTo(4);
              assertThat(problem.accepted()).isNotBlank();
            });
  }

  @Test
  void oneProblemForEachOfManyIsBounded() {
    String many = "campaigns:\n" + "  - { id: 1, what: 2 }\n".repeat(5_000);
    assertThat(problems(many)).hasSize(1_000);
  }

  @Test
  void idsAMegabyteLongAndDefinitionsOfTenMegabytes() {
    String id = "x".repeat(1 << 20);
    assertThat(problems("campaigns:\n  - id: " + id + "\n")).isNotEmpty();
    byte[] json = ("{\"id\":\"" + "x".repeat(10 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    ConfigurationException wrong =
        catchThrowableOfType(
            ConfigurationException.class, () -> Configurations.campaign("record", json));
    assertThat(wrong.problems().get(0).accepted()).contains("at most 1048576");
  }

  @Test
  void tagsAndSecondDocumentsAndKeysGivenTwice() {
    assertThat(problems("campaigns: !!javax.script.ScriptEngineManager []\n"))
        .anyMatch(problem -> problem.found().contains("tag"));
    assertThat(problems("campaigns: []\n---\ncampaigns: []\n")).isNotEmpty();
    assertThat(problems("campaigns: []\ncampaigns: []\n")).anyMatch(problem -> problem.line() == 2);
  }
}
