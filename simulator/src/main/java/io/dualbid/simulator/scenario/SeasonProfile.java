package io.dualbid.simulator.scenario;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.model.Plan;
import io.dualbid.simulator.market.Season;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of the hours of a week: a smooth one, or that of a CSV file with the columns {@code
 * day_of_week} (1 is Monday), {@code hour}, {@code share} and, where there are several, {@code
 * region}.
 */
final class SeasonProfile {
  private final Path folder;

  /** Files are named from this folder on. */
  SeasonProfile(Path folder) {
    this.folder = folder;
  }

  /** The weights that a season asks for; flat where the section's problems tell why not. */
  List<Double> weights(Section season) {
    String profile = season.text("profile");
    if (profile == null) {
      if (season.has("region")) {
        season.problem("region", "found a region without a profile", "a profile beside it");
      }
      return Season.smooth(season.number("amplitude", 0.6));
    }
    Path file = folder.resolve(profile);
    try {
      return weights(TextFile.read(file).lines().toList(), season.text("region"));
    } catch (ConfigurationException e) {
      season.problem("profile", e.problems().get(0).toString(), "a CSV file of a week");
    } catch (IOException e) {
      season.problem("profile", "found no file that can be read at " + file, "a CSV file");
    } catch (IllegalArgumentException e) {
      season.problem("profile", "found in " + file + " " + e.getMessage(), "a CSV file of a week");
    }
    return Season.smooth(0);
  }

  private static List<Double> weights(List<String> lines, @Nullable String wanted) {
    List<String> header = List.of((lines.isEmpty() ? "" : lines.get(0)).split(",", -1));
    int day = column(header, "day_of_week");
    int hour = column(header, "hour");
    int share = column(header, "share");
    int region = header.indexOf("region");
    if (wanted != null && region < 0) {
      throw new IllegalArgumentException("no column 'region'");
    }
    String chosen = wanted;
    Double[] weights = new Double[Plan.HOURS_PER_WEEK];
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String[] cells = lines.get(i).split(",", -1);
      if (cells.length != header.size()) {
        throw new IllegalArgumentException("line " + (i + 1) + " of another length");
      }
      if (region >= 0) {
        chosen = chosen == null ? cells[region] : chosen;
        if (!cells[region].equals(chosen)) {
          continue;
        }
      }
      int at = (Integer.parseInt(cells[day]) - 1) * 24 + Integer.parseInt(cells[hour]);
      if (at < 0 || at >= weights.length || weights[at] != null) {
        throw new IllegalArgumentException(
            "an hour that is none, or is there twice: line " + (i + 1));
      }
      weights[at] = Double.parseDouble(cells[share]);
    }
    if (Arrays.asList(weights).contains(null)) {
      throw new IllegalArgumentException(
          "not all 168 hours" + (chosen == null ? "" : " of region " + chosen));
    }
    return List.of(weights);
  }

  private static int column(List<String> header, String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column '" + name + "'");
    }
    return index;
  }
}
