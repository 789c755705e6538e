package io.dualbid.simulator.operate;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.Problem;
import io.dualbid.core.model.Campaign;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the campaigns of a folder's files as they are saved. A file that is wrong is told with
 * its lines, and changes nothing: what it said before goes on.
 *
 * <p>Files are those named {@code *.yaml} or {@code *.yml} right in the folder that hold a list
 * {@code campaigns}; others are left alone. They are looked at rather than waited for, since
 * editors and clusters replace files in many ways, and acted upon when two looks have found the
 * same, so that none is read half written.
 *
 * <p>Of a file that is saved again only those campaigns are published of which it says something
 * new: what was changed on the console in the meantime is not undone by a change next to it.
 *
 * <p>A campaign that is no longer in its file stays as it is: only {@code status: ended} ends one.
 * One that stands in two files is refused, with both.
 *
 * <p>Not thread safe.
 */
public final class FolderWatch {
  private static final Pattern HOLDS_CAMPAIGNS = Pattern.compile("(?m)^campaigns\\s*:");

  private final Path folder;
  private final Target target;
  private final Consumer<String> told;
  private final Map<Path, String> seen = new HashMap<>();
  private final Map<Path, String> handled = new HashMap<>();
  private final Set<Path> waiting = new HashSet<>();
  private final Map<Path, SortedMap<String, Campaign>> owned = new HashMap<>();

  /** Takes definitions. */
  public interface Target {
    /**
     * Publishes all of them or none, and answers the versions that this makes.
     *
     * @param file whose campaigns they are
     * @param campaigns those that the file says something new of
     * @throws IllegalArgumentException if a campaign can't be changed as asked
     * @throws IllegalStateException if it is not possible now; it is tried again
     */
    List<CampaignVersion> publish(Path file, List<Campaign> campaigns);
  }

  /**
   * Watches a folder.
   *
   * @param told takes what happened, in lines
   */
  public FolderWatch(Path folder, Target target, Consumer<String> told) {
    this.folder = folder;
    this.target = target;
    this.told = told;
  }

  /**
   * Looks once, and publishes what has been saved since.
   *
   * @throws IOException if the folder can't be read
   */
  public void look() throws IOException {
    SortedMap<Path, String> now = texts();
    now.forEach(
        (file, text) -> {
          boolean settled = text.equals(seen.get(file));
          if (settled && !text.equals(handled.get(file)) && handle(file, text)) {
            handled.put(file, text);
          }
        });
    for (Path gone : new TreeSet<>(handled.keySet())) {
      if (!now.containsKey(gone) && !seen.containsKey(gone)) {
        handled.remove(gone);
        SortedMap<String, Campaign> left = owned.remove(gone);
        if (left != null) {
          tell(
              gone + ": gone; its campaigns stay as they are: " + String.join(", ", left.keySet()));
        }
      }
    }
    seen.clear();
    seen.putAll(now);
  }

  private SortedMap<Path, String> texts() throws IOException {
    SortedMap<Path, String> texts = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          texts.put(file, text(file));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return texts;
  }

  /** What a file says; for one that can't be read, what is wrong with it, after a character 0. */
  private static String text(Path file) {
    try {
      return TextFile.read(file);
    } catch (ConfigurationException e) {
      return "\0" + lines(e);
    } catch (IOException e) {
      // Perhaps it is being replaced; it shows at the next look.
      return "\0" + file + ": " + e.getMessage();
    }
  }

  /** Whether there is nothing more to do for this text. */
  private boolean handle(Path file, String text) {
    if (text.startsWith("\0")) {
      refuse(file, text.substring(1));
      return true;
    }
    if (!HOLDS_CAMPAIGNS.matcher(text).find()) {
      return true;
    }
    try {
      List<Campaign> campaigns = Configurations.campaigns(file.toString(), text);
      String twice = elsewhere(file, campaigns);
      if (twice != null) {
        refuse(file, twice);
        return true;
      }
      publish(file, campaigns);
      return true;
    } catch (ConfigurationException e) {
      refuse(file, lines(e));
      return true;
    } catch (IllegalArgumentException e) {
      tell(file + ": not applied: " + e.getMessage());
      return true;
    } catch (IllegalStateException e) {
      if (waiting.add(file)) {
        tell(file + ": not applied yet, to be tried again: " + e.getMessage());
      }
      return false;
    }
  }

  private void publish(Path file, List<Campaign> campaigns) {
    SortedMap<String, Campaign> now = new TreeMap<>();
    campaigns.forEach(campaign -> now.put(campaign.id(), campaign));
    SortedMap<String, Campaign> before = owned.getOrDefault(file, new TreeMap<>());
    List<Campaign> news = campaigns.stream().filter(c -> !c.equals(before.get(c.id()))).toList();
    List<CampaignVersion> versions = news.isEmpty() ? List.of() : target.publish(file, news);
    waiting.remove(file);
    if (versions.isEmpty()) {
      tell(file + ": nothing new");
    }
    for (CampaignVersion version : versions) {
      tell(file + ": " + version.campaign() + " is version " + version.number());
    }
    SortedSet<String> left = new TreeSet<>(before.keySet());
    left.removeAll(now.keySet());
    if (!left.isEmpty()) {
      tell(file + ": no longer in it, and as they were: " + String.join(", ", left));
    }
    owned.put(file, now);
  }

  private @Nullable String elsewhere(Path file, List<Campaign> campaigns) {
    for (Campaign campaign : campaigns) {
      for (Map.Entry<Path, SortedMap<String, Campaign>> other : owned.entrySet()) {
        if (!other.getKey().equals(file) && other.getValue().containsKey(campaign.id())) {
          return file
              + ": found the campaign "
              + campaign.id()
              + ", which stands in "
              + other.getKey()
              + " too; accepted: each campaign in one file";
        }
      }
    }
    return null;
  }

  private void refuse(Path file, String why) {
    tell(why);
    tell(file + ": not applied; what it said before goes on");
  }

  private void tell(String line) {
    told.accept(line);
  }

  private static String lines(ConfigurationException e) {
    StringBuilder lines = new StringBuilder();
    for (Problem problem : e.problems()) {
      lines.append(lines.isEmpty() ? "" : System.lineSeparator()).append(problem);
    }
    return lines.toString();
  }
}
