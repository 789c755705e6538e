package io.dualbid.simulator.fit;

import java.util.List;

/** The user models that clicks can be explained by. A new one adds one line. */
public final class ClickModels {
  private static final List<ClickModel> ALL = List.of(new MnlClicks(), new CascadeClicks());

  private ClickModels() {}

  /** Their names. */
  public static List<String> names() {
    return ALL.stream().map(ClickModel::name).toList();
  }

  /** Names of a model's parameters. */
  public static List<String> parameters(String name) {
    return named(name).parameters();
  }

  static ClickModel named(String name) {
    return ALL.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "found '" + name + "'; accepted: " + String.join(", ", names())));
  }

  /** Logarithm of a number in (0, 1]. */
  static double logOfShare(String name, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          name + ": found " + share + "; accepted: a number above 0, at most 1");
    }
    return Math.log(share);
  }
}
