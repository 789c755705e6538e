package io.dualbid.simulator.tune;

import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.PolicyText;
import java.util.ArrayList;
import java.util.List;

/**
 * A candidate as a policy. Its parameters are named as in the files of spaces; what is absent has
 * the policy's default.
 *
 * @param candidate its values
 */
public record PolicyCandidate(Candidate candidate) {
  /** Name of the parameter that is the policy. */
  static final String POLICY = "policy";

  static final String MIRROR = "mirror";
  static final String KIND = "step-kind";
  static final String SIZE = "step-size";
  static final String PLAN = "plan";
  static final String AUCTION = "auction";
  static final String STRICT = "strict";
  static final String START_FACTOR = "start-factor";

  private static final String ADAPTIVE = "adaptive";

  /** What the start that follows from training is multiplied by. */
  public double startFactor() {
    return Double.parseDouble(candidate.get(START_FACTOR, "1"));
  }

  /** The policy but for its start, as {@code --policy} takes it. */
  public String text() {
    return text(List.of());
  }

  /** The whole candidate in one line. */
  public String label() {
    String factor = candidate.get(START_FACTOR, "");
    return text() + (factor.isEmpty() ? "" : " start x" + factor);
  }

  /**
   * The policy, from a start.
   *
   * @param start the multiplier before any feedback, above 0
   * @throws IllegalArgumentException if its values don't go together
   */
  public Policy policy(double start) {
    return PolicyText.one(text(List.of("start=" + start)));
  }

  private String text(List<String> more) {
    List<String> options = new ArrayList<>();
    for (String name : List.of(MIRROR, PLAN, AUCTION)) {
      String value = candidate.get(name, "");
      if (!value.isEmpty()) {
        options.add(name + "=" + value);
      }
    }
    String size = candidate.get(SIZE, "");
    if (!size.isEmpty()) {
      options.add("step=" + size + divisor(candidate.get(KIND, ADAPTIVE)));
    }
    if (candidate.get(STRICT, "").equals("true")) {
      options.add(STRICT);
    }
    options.addAll(more);
    String name = candidate.get(POLICY, "dmd");
    return options.isEmpty() ? name : name + ":" + String.join(",", options);
  }

  private static String divisor(String kind) {
    return switch (kind) {
      case "constant" -> "";
      case "inverse-root" -> "/sqrt(t)";
      default -> "/sqrt(G)";
    };
  }
}
