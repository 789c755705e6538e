package io.dualbid.simulator.placement;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.fit.TextCreative;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.value.ValueDistribution;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads content, creatives, settings or all of them, JSON or YAML, as {@code content.schema.json}
 * has them.
 */
public final class ContentReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("content.schema.json");

  private ContentReader() {}

  /**
   * Reads a file. A bare list is one of creatives.
   *
   * @param file its name, for messages
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static ContentFile read(String file, String text) {
    Document document =
        Document.parse(file, text.stripLeading().startsWith("[") ? "creatives: " + text : text);
    SCHEMA.check(document);
    Section root = new Section(document, "");
    List<TextCreative> creatives = creatives(root);
    return document.faultless(document.problems().isEmpty() ? content(root, creatives) : null);
  }

  /** Whether a file of JSON or YAML has content or creatives, rather than a finished instance. */
  public static boolean isContent(String file, String text) {
    Document document = Document.parse(file, text);
    document.requireFaultless();
    return PlacementFiles.isContent(document);
  }

  private static ContentFile content(Section root, List<TextCreative> creatives) {
    return new ContentFile(
        root.text("content"),
        root.has("creatives") ? creatives : null,
        root.text("model"),
        root.text("objective"),
        whole(root, "max_ads"),
        whole(root, "min_distance"),
        given(
            root,
            "points",
            s -> Granularity.valueOf(s.text("points", "").toUpperCase(Locale.ROOT))),
        whole(root, "min_gap"),
        given(root, "topics", s -> s.set("topics")),
        number(root, "continuation"),
        number(root, "alpha"),
        number(root, "beta"),
        number(root, "decay"),
        number(root, "floor"));
  }

  private static @Nullable Integer whole(Section root, String key) {
    return given(root, key, section -> section.integer(key, 0));
  }

  private static @Nullable Double number(Section root, String key) {
    return given(root, key, section -> section.number(key, 0));
  }

  private static <T> @Nullable T given(Section root, String key, Function<Section, T> reader) {
    return root.has(key) ? reader.apply(root) : null;
  }

  private static List<TextCreative> creatives(Section root) {
    List<TextCreative> creatives = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Section section : root.sections("creatives")) {
      double bid = section.number("bid", 0);
      String id = section.text("id", "");
      ValueDistribution law =
          section.has("value_distribution")
              ? section
                  .section("value_distribution")
                  .make(() -> ValueLaws.read(section.section("value_distribution")))
              : null;
      if (!ids.add(id)) {
        section.problem("id", "found the id '" + id + "' again", "each id once");
      }
      TextCreative creative = section.make(() -> creative(section, id, bid, law));
      if (creative != null) {
        creatives.add(creative);
      }
    }
    return creatives;
  }

  private static TextCreative creative(
      Section section, String id, double bid, @Nullable ValueDistribution law) {
    Ad ad =
        new Ad(id, bid)
            .withExclusions(
                section.set("excluded_topics"),
                section.set("competes_in"),
                section.set("not_with"));
    return new TextCreative(law == null ? ad : ad.withValues(law), section.text("text", ""));
  }
}
