package io.dualbid.simulator.scenario;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.simulator.market.Conversions;
import io.dualbid.simulator.market.Effect;
import io.dualbid.simulator.market.Factors;
import io.dualbid.simulator.market.Law;
import io.dualbid.simulator.market.Market;
import io.dualbid.simulator.market.Regimes;
import io.dualbid.simulator.market.Season;
import io.dualbid.simulator.replay.Replay.Competition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenarios. The defaults are those of {@code scenario.schema.json}; problems are told as
 * those of other configuration are.
 */
public final class ScenarioReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("scenario.schema.json");

  private final Document document;
  private final Path folder;

  private ScenarioReader(Document document, Path folder) {
    this.document = document;
    this.folder = folder;
  }

  /**
   * Reads a scenario.
   *
   * @param file its name, for messages, and the place from which it names other files
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static Scenario read(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.faultless(read(document, file));
  }

  /**
   * Everything that is wrong with a file of any kind, a scenario among them; the kind is told by
   * its top-level keys.
   *
   * @param environment value of an environment variable, or null where it is not set
   */
  public static List<Problem> problems(
      Path file, String text, UnaryOperator<@Nullable String> environment) {
    Document document = Document.parse(file.toString(), text);
    if (!document.root().has("world")) {
      return Configurations.problems(file.toString(), text, environment);
    }
    read(document, file);
    return document.problems();
  }

  private static @Nullable Scenario read(Document document, Path file) {
    if (!document.problems().isEmpty()) {
      return null;
    }
    SCHEMA.check(document);
    Path folder = file.toAbsolutePath().getParent();
    return new ScenarioReader(document, folder == null ? Path.of("") : folder).scenario();
  }

  private @Nullable Scenario scenario() {
    Section root = new Section(document, "");
    Section campaigns = root.section("campaigns");
    Market market = market(root.section("world"), campaigns.integer("segments", 0));
    Advertisers advertisers = advertisers(campaigns);
    List<Policy> policies = new ArrayList<>();
    List<String> texts = root.texts("policies");
    for (int i = 0; i < texts.size() && advertisers != null; i++) {
      policy(new Section(document, "/policies/" + i), texts.get(i), advertisers, policies);
    }
    if (market == null || advertisers == null || !document.problems().isEmpty()) {
      return null;
    }
    return root.make(
        () ->
            new Scenario(
                root.text("title", "Simulation"),
                market,
                advertisers,
                root.section("world").integer("feedback-delay", 0),
                policies,
                root.numbers("horizons").stream().map(Double::intValue).toList(),
                root.integer("seeds", 20),
                Long.parseLong(root.text("first-seed", "1"))));
  }

  private static void policy(
      Section place, String text, Advertisers advertisers, List<Policy> policies) {
    try {
      Policy policy = PolicyText.one(text);
      advertisers.requireMeasurable(policy);
      if (policies.stream().anyMatch(other -> other.name().equals(policy.name()))) {
        place.problem("found the policy '" + text + "' again", "each policy once");
        return;
      }
      policies.add(policy);
    } catch (IllegalArgumentException e) {
      String[] parts = String.valueOf(e.getMessage()).split("; accepted: ", 2);
      place.problem(
          parts.length == 2 ? parts[0] : "found that " + parts[0],
          parts.length == 2 ? parts[1] : "see there");
    }
  }

  private static @Nullable Advertisers advertisers(Section section) {
    return section.make(
        () ->
            new Advertisers(
                section.integer("count", 1),
                section.choice(
                    "competition", Competition.HOUSE, label -> Competition.valueOf(upper(label))),
                section.choice(
                    "objective", Objective.VALUE, label -> Objective.valueOf(upper(label))),
                section.number("budget-per-auction", 1),
                section.number("target-ros", 1),
                section.number("max-bid", 10),
                section.number("start-multiplier", 1),
                section.number("value-spread", 0),
                section.integer("attribution-window", 0)));
  }

  private static String upper(String label) {
    return label.toUpperCase(Locale.ROOT);
  }

  private @Nullable Market market(Section section, int segments) {
    Law law = law(section.section("law"));
    List<Effect> effects = new ArrayList<>();
    Section season = section.section("season");
    if (section.has("season")) {
      List<Double> weights = new SeasonProfile(folder).weights(season);
      add(
          effects,
          season.make(
              () ->
                  new Season(
                      weights,
                      season.integer("auctions-per-hour", 4),
                      season.bool("traffic", true),
                      season.number("value-elasticity", 0),
                      season.number("price-elasticity", 0))));
    }
    Section regimes = section.section("regimes");
    if (section.has("regimes")) {
      List<Factors> states =
          regimes.sections("states").stream().map(ScenarioReader::factors).toList();
      add(effects, regimes.make(() -> new Regimes(regimes.number("mean-length", 50), states)));
    }
    Section drift = section.section("drift");
    if (section.has("drift")) {
      add(effects, drift.make(() -> new Effect.Drift(factors(drift))));
    }
    Section crowd = section.section("crowd");
    if (section.has("crowd")) {
      add(
          effects,
          crowd.make(
              () ->
                  new Effect.Crowd(
                      crowd.number("from", 0.5), crowd.number("lasts", 0.05), factors(crowd))));
    }
    Section halves = section.section("halves");
    if (section.has("halves")) {
      add(
          effects,
          halves.make(
              () ->
                  new Effect.Halves(
                      factors(halves.section("first")), factors(halves.section("second")))));
    }
    Section noise = section.section("noise");
    if (section.has("noise")) {
      add(
          effects,
          noise.make(() -> new Effect.Noise(noise.number("spread", 0.3), noise.number("bias", 1))));
    }
    Section corruption = section.section("corruption");
    if (section.has("corruption")) {
      // Last, so that an adversary's auction is what the scenario says, whatever else there is.
      add(
          effects,
          corruption.make(
              () ->
                  new Effect.Corruption(
                      corruption.number("roots", 1),
                      corruption.number("value", 1),
                      corruption.number("price", 1))));
    }
    return law == null
        ? null
        : section.make(
            () ->
                new Market(
                    law,
                    effects,
                    section.text("auction", "second-price").equals("first-price"),
                    segments,
                    conversions(section)));
  }

  private static @Nullable Conversions conversions(Section world) {
    Section section = world.section("conversions");
    return world.has("conversions")
        ? section.make(
            () -> new Conversions(section.number("rate", 1), section.number("mean-delay", 0)))
        : null;
  }

  private static void add(List<Effect> effects, @Nullable Effect effect) {
    if (effect != null) {
      effects.add(effect);
    }
  }

  private static Factors factors(Section section) {
    return new Factors(section.number("value", 1), section.number("price", 1));
  }

  private static @Nullable Law law(Section section) {
    double value = section.number("value", 1);
    double price = section.number("price", 1);
    double correlation = section.number("correlation", 0);
    return section.make(
        () ->
            section.text("kind", "").equals("uniform")
                ? new Law.Uniform(value, price, correlation)
                : new Law.LogNormal(
                    value,
                    section.number("value-spread", 0.5),
                    price,
                    section.number("price-spread", 0.5),
                    correlation));
  }
}
