package io.dualbid.simulator.marketplace;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.simulator.marketplace.MarketplaceScenario.Market;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads scenarios of a marketplace; the defaults are those of {@code marketplace.schema.json}. */
public final class MarketplaceReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("marketplace.schema.json");
  private static final List<String> POLICIES =
      List.of("dual", "stochastic-balance", "perturbed-greedy", "highest-bid");

  private MarketplaceReader() {}

  /** Whether a text is meant as a scenario of a marketplace, right or wrong. */
  public static boolean recognises(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.problems().isEmpty() && document.root().has("marketplace");
  }

  /**
   * Reads a scenario.
   *
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static MarketplaceScenario read(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.faultless(scenario(document));
  }

  /** Everything that is wrong with a scenario. */
  public static List<Problem> problems(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    scenario(document);
    return document.problems();
  }

  private static @Nullable MarketplaceScenario scenario(Document document) {
    SCHEMA.check(document);
    if (!document.problems().isEmpty()) {
      return null;
    }
    Section root = new Section(document, "");
    Section section = root.section("marketplace");
    Market market = section.make(() -> market(section));
    List<String> policies = root.has("policies") ? root.texts("policies") : POLICIES;
    if (market == null) {
      return null;
    }
    return root.make(
        () ->
            new MarketplaceScenario(
                root.text("title", "A marketplace"),
                market,
                section.duration("duration", 60_000),
                section.number("rate", 1_000),
                MarketplacePolicy.kind(root.text("allocation", "dual")),
                policies.stream().map(MarketplacePolicy::of).toList(),
                root.integer("seeds", 1),
                root.integer("seed", 1)));
  }

  private static Market market(Section section) {
    return new Market(
        section.integer("campaigns", 200),
        section.number("lowest-price", 0.2),
        section.number("highest-price", 1),
        section.number("demand", 1),
        section.number("budget-spread", 4),
        section.duration("attribution-window", 5_000),
        section.duration("click-delay", 2_000),
        section.number("click-rate", 0.08),
        section.number("click-spread", 0.5),
        section.number("market-cpm", 2));
  }
}
