package io.dualbid.simulator.placement;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.SchemaCheck;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.Position;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.value.ValueDistribution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads instances, JSON or YAML, as {@code placement.schema.json} has them. */
public final class PlacementReader {
  private static final SchemaCheck SCHEMA = new SchemaCheck("placement.schema.json");

  private PlacementReader() {}

  /**
   * Reads an instance.
   *
   * @param file its name, for messages
   * @param model {@code mnl} or {@code cascade}; null for what the file says, or else MNL
   * @throws io.dualbid.core.configuration.ConfigurationException with everything that is wrong
   */
  public static PlacementInstance read(String file, String text, @Nullable String model) {
    Document document = Document.parse(file, text);
    SCHEMA.check(document);
    return document.faultless(
        document.problems().isEmpty() ? instance(new Section(document, ""), model) : null);
  }

  /** Whether a file asks for revenue. */
  public static boolean seeksRevenue(String file, String text) {
    return new Section(Document.parse(file, text), "")
        .text("objective", "welfare")
        .equals("revenue");
  }

  private static @Nullable PlacementInstance instance(Section root, @Nullable String model) {
    List<Position> positions = positions(root);
    String kind = model == null ? root.text("model", "mnl") : model;
    UserModel user =
        kind.equals("cascade")
            ? root.make(
                () ->
                    new UserModel.Cascade(
                        root.number("continuation", 1), array(root.numbers("attention"))))
            : new UserModel.Mnl();
    List<Ad> ads = new ArrayList<>();
    for (Section section : root.sections("advertisers")) {
      Ad ad = ad(section);
      if (ad != null) {
        ads.add(ad);
      }
    }
    if (user == null) {
      return null;
    }
    return root.make(
        () ->
            new PlacementInstance(
                positions,
                ads,
                new Limits(
                    root.integer("max_ads", positions.size()),
                    root.integer("min_distance", 0),
                    root.number("fit_floor", Double.NEGATIVE_INFINITY)),
                user));
  }

  private static List<Position> positions(Section root) {
    List<Section> list = root.sections("positions");
    if (list.isEmpty()) {
      return PlacementInstance.positions(root.integer("positions", 0));
    }
    return list.stream()
        .map(each -> new Position(each.integer("offset", 0), each.set("topics")))
        .toList();
  }

  private static @Nullable Ad ad(Section section) {
    double bid = section.number("bid", 0);
    ValueDistribution law =
        section.has("value_distribution") ? law(section.section("value_distribution")) : null;
    return section.make(
        () -> {
          Ad ad =
              new Ad(section.text("id", ""), bid, array(section.numbers("click_weight")))
                  .withExclusions(
                      section.set("excluded_topics"),
                      section.set("competes_in"),
                      section.set("not_with"));
          if (section.has("fit")) {
            ad = ad.withFit(array(section.numbers("fit")));
          }
          return law == null ? ad : ad.withValues(law);
        });
  }

  /** A law of values, or null with a problem told. */
  private static @Nullable ValueDistribution law(Section section) {
    return section.make(() -> ValueLaws.read(section));
  }

  static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
