package io.dualbid.simulator.placement;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.placement.value.Empirical;
import io.dualbid.core.placement.value.Exponential;
import io.dualbid.core.placement.value.Histogram;
import io.dualbid.core.placement.value.LogNormal;
import io.dualbid.core.placement.value.Uniform;
import io.dualbid.core.placement.value.ValueDistribution;

/** Laws of values by the names that files give them. */
public final class ValueLaws {
  private ValueLaws() {}

  /**
   * Reads a law that stands alone.
   *
   * @param name of the text, for messages
   * @throws IllegalArgumentException if it is none
   */
  public static ValueDistribution read(String name, String text) {
    return read(new Section(Document.parse(name, text), ""));
  }

  static ValueDistribution read(Section law) {
    return switch (law.text("kind", "")) {
      case "uniform" -> new Uniform(law.number("low", Double.NaN), law.number("high", Double.NaN));
      case "exponential" -> new Exponential(law.number("rate", Double.NaN));
      case "log-normal" ->
          new LogNormal(law.number("mu", Double.NaN), law.number("sigma", Double.NaN));
      case "histogram" ->
          new Histogram(
              PlacementReader.array(law.numbers("edges")),
              PlacementReader.array(law.numbers("masses")));
      case "empirical" -> new Empirical(PlacementReader.array(law.numbers("samples")));
      default ->
          throw new IllegalArgumentException(
              "a law of values is uniform, exponential, log-normal, histogram or empirical: "
                  + law.text("kind", ""));
    };
  }
}
