package io.dualbid.simulator.fuzz;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.marketplace.MarketplaceReader;
import io.dualbid.simulator.matching.MatchingScenarioReader;
import io.dualbid.simulator.placement.ContentReader;
import io.dualbid.simulator.placement.PlacementReader;
import io.dualbid.simulator.scenario.ScenarioReader;
import io.dualbid.simulator.tune.TuneReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What operators write in YAML: each text is read, or refused with the places of what is wrong.
 *
 * <p>The first character chooses the reader, the rest is the text.
 */
public final class SettingsTarget {
  private static final Path FILE = Path.of("file.yaml");

  /** Readers, the first by {@code a}. */
  private static final List<Reader> READERS =
      List.of(
          text -> Configurations.engine("file.yaml", text, name -> null),
          SettingsTarget::campaigns,
          text -> ScenarioReader.read(FILE, text),
          text -> TuneReader.read(FILE, text),
          text -> MarketplaceReader.read(FILE, text),
          text -> MatchingScenarioReader.read(FILE, text),
          text -> ContentReader.read("file.yaml", text),
          text -> PlacementReader.read("file.yaml", text, null),
          text -> told(TuneReader.problems(FILE, text, name -> null)),
          SettingsTarget::campaign);

  private SettingsTarget() {}

  /** Reads a text. */
  private interface Reader {
    void read(String text);
  }

  /** Reads one text. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    Reader reader = READERS.get(Math.floorMod(data[0] - 'a', READERS.size()));
    String text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
    try {
      reader.read(text);
    } catch (ConfigurationException e) {
      told(e.problems());
    }
  }

  private static void told(List<Problem> problems) {
    for (Problem problem : problems) {
      if (problem.line() < 1 || problem.column() < 1 || problem.found().isEmpty()) {
        throw World.wrong("a problem without its place: " + problem);
      }
    }
  }

  /** What is read of a file can be published, and is read from the topic as the same. */
  private static void campaigns(String text) {
    for (Campaign campaign : Configurations.campaigns("file.yaml", text)) {
      requireSame(campaign);
    }
  }

  private static void campaign(String text) {
    requireSame(Configurations.campaign("campaign", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void requireSame(Campaign campaign) {
    Campaign again = Configurations.campaign("again", Configurations.toJson(campaign));
    if (!campaign.equals(again)) {
      throw World.wrong("found " + again + " after " + campaign);
    }
  }
}
