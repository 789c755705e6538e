package io.dualbid.simulator.tune;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.simulator.scenario.ScenarioReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads spaces to search. The defaults are those of {@code tune.schema.json}; problems are told as
 * those of other configuration are.
 */
public final class TuneReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("tune.schema.json");
  private static final Pattern RANGE = Pattern.compile("(log-)?range (.+)\\.\\.(.+)");
  private static final String PARAMETERS = "parameters";

  private final Document document;
  private final List<Parameter> parameters = new ArrayList<>();

  private TuneReader(Document document) {
    this.document = document;
  }

  /**
   * Reads a space.
   *
   * @param file its name, for messages
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static TuneSpace read(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.faultless(read(document));
  }

  /**
   * Everything that is wrong with a file of any kind, a space among them; the kind is told by its
   * top-level keys.
   *
   * @param environment value of an environment variable, or null where it is not set
   */
  public static List<Problem> problems(
      Path file, String text, UnaryOperator<@Nullable String> environment) {
    Document document = Document.parse(file.toString(), text);
    if (!document.root().has(PARAMETERS)) {
      return ScenarioReader.problems(file, text, environment);
    }
    read(document);
    return document.problems();
  }

  private static @Nullable TuneSpace read(Document document) {
    if (!document.problems().isEmpty()) {
      return null;
    }
    SCHEMA.check(document);
    return new TuneReader(document).space();
  }

  private @Nullable TuneSpace space() {
    Section root = new Section(document, "");
    List<String> policies = texts(root, "policy");
    Section given = root.section(PARAMETERS);
    choice(root, "policy", PolicyCandidate.POLICY);
    choice(given, "mirror", PolicyCandidate.MIRROR);
    step(given, given.section("step"));
    choice(given, "plan", PolicyCandidate.PLAN);
    choice(given, "auction", PolicyCandidate.AUCTION);
    choice(given, "strict", PolicyCandidate.STRICT);
    number(given, "start-factor", PolicyCandidate.START_FACTOR);
    requireOneToChoose(given);
    requirePossible(given, policies);
    if (!root.isFaultless()) {
      return null;
    }
    Section search = root.section("search");
    Section returns = root.section("return");
    Section validation = root.section("validation");
    CrossValidation cut =
        validation.make(
            () ->
                new CrossValidation(
                    validation.integer("blocks", 12), validation.integer("folds", 8)));
    return cut == null
        ? null
        : root.make(
            () ->
                new TuneSpace(
                    root.text("title", "Tuning"),
                    new Search(
                        new Space(parameters),
                        new Candidate(Map.of(PolicyCandidate.POLICY, policies.get(0))),
                        search.integer("evaluations", 200),
                        search.integer("rounds", 2),
                        search.integer("keep", 3),
                        Long.parseLong(search.text("seed", "1"))),
                    cut,
                    budgets(root),
                    returns.number("target-ros", 1),
                    returns.number("tolerance", 0.001),
                    returns.number("penalty", 10)));
  }

  private static List<String> budgets(Section root) {
    List<String> given = root.texts("budget-fractions");
    return given.isEmpty() ? List.of("1/4", "1/16") : given;
  }

  /** One text, or those of a list. */
  private static List<String> texts(Section section, String key) {
    List<String> list = section.texts(key);
    String one = section.text(key);
    return list.isEmpty() && one != null && !one.isEmpty() ? List.of(one) : list;
  }

  private void choice(Section section, String key, String name) {
    List<String> values = texts(section, key);
    if (section.has(key) && !values.isEmpty()) {
      parameters.add(new Parameter.Choice(name, values));
    }
  }

  private void number(Section section, String key, String name) {
    Matcher range = RANGE.matcher(section.text(key, ""));
    if (!range.matches()) {
      choice(section, key, name);
      return;
    }
    try {
      parameters.add(
          new Parameter.Range(
              name,
              Double.parseDouble(range.group(2)),
              Double.parseDouble(range.group(3)),
              range.group(1) != null));
    } catch (IllegalArgumentException e) {
      section.problem(
          key,
          "found the range '" + section.text(key, "") + "'",
          "two numbers with the lower one first, above 0 for log-range");
    }
  }

  private void step(Section given, Section step) {
    choice(step, "kind", PolicyCandidate.KIND);
    number(step, "size", PolicyCandidate.SIZE);
    if (given.has("step") && !step.has("size") && step.isFaultless()) {
      step.problem(
          "found a step without a size to try", "a 'size' in it, such as log-range 0.05..1");
    }
  }

  private void requireOneToChoose(Section given) {
    boolean chooses = parameters.stream().anyMatch(parameter -> parameter.count() != 1);
    if (!chooses && document.problems().isEmpty()) {
      given.problem("found nothing to choose from", "a parameter with more than one value");
    }
  }

  /** Refuses what a policy does not know, whatever else is chosen. */
  private static void requirePossible(Section given, List<String> policies) {
    if (!given.isFaultless()) {
      return;
    }
    for (String policy : policies) {
      for (String strict : given.texts("strict")) {
        Candidate candidate =
            new Candidate(Map.of(PolicyCandidate.POLICY, policy, PolicyCandidate.STRICT, strict));
        try {
          new PolicyCandidate(candidate).policy(1).strategy(Objective.VALUE, 1, 1, 1);
        } catch (IllegalArgumentException e) {
          given.problem(
              "strict",
              "found a return to keep strictly for the policy '" + policy + "'",
              "policies that keep a return: ros, both, min, sequential");
        }
      }
    }
  }
}
