package io.dualbid.simulator.matching;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.simulator.matching.MatchingScenario.Family;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads scenarios of matching; the defaults are those of {@code matching.schema.json}. */
public final class MatchingScenarioReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("matching.schema.json");

  private MatchingScenarioReader() {}

  /** Whether a text is meant as a scenario of matching, right or wrong. */
  public static boolean recognises(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.problems().isEmpty() && document.root().has("matching");
  }

  /**
   * Reads a scenario.
   *
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static MatchingScenario read(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.faultless(scenario(document));
  }

  /** Everything that is wrong with a scenario. */
  public static List<Problem> problems(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    scenario(document);
    return document.problems();
  }

  private static @Nullable MatchingScenario scenario(Document document) {
    SCHEMA.check(document);
    if (!document.problems().isEmpty()) {
      return null;
    }
    Section root = new Section(document, "");
    Section matching = root.section("matching");
    Family family =
        matching.choice(
            "family",
            Family.RANDOM,
            label -> Family.valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_')));
    return root.make(
        () ->
            new MatchingScenario(
                root.text("title", "Matching"),
                family,
                matching.numbers("vertices").stream().map(Double::intValue).toList(),
                new MatchingScenario.World(
                    matching.number("success-probability", 1),
                    matching.integer("copies", 0),
                    matching.number("arrivals-per-vertex", 1),
                    matching.number("degree", 3),
                    matching.integer("types", 3),
                    matching.number("weight-spread", 0),
                    matching.integer("capacity", 1),
                    matching.integer("draws", 1),
                    matching.integer("feedback-delay", 0),
                    matching.number("feedback-loss", 0),
                    matching.integer("window", 1_000),
                    matching.integer("periods", 4)),
                root.texts("policies"),
                root.integer("seeds", 20),
                Long.parseLong(root.text("first-seed", "1"))));
  }
}
