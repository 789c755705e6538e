package io.dualbid.simulator.scenario;

import io.dualbid.core.model.Strategy.Step;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far steps go, as formulas say it: {@code 0.01}; {@code 1/sqrt(T)} with the length of the
 * stream, which is what the guarantees assume; {@code 1/sqrt(t)} with the number of the step;
 * {@code 0.3/sqrt(G)} with G one more than the sum of squared gradients.
 *
 * @param schedule what it is divided by
 * @param size the numerator, above 0; {@link Step#DEFAULT_SIZE} for the engine's
 */
public record Steps(Schedule schedule, double size) {
  /** What a numerator is divided by. */
  public enum Schedule {
    CONSTANT,
    ROOT_HORIZON,
    ROOT_STEP,
    ADAPTIVE
  }

  /** The engine's own. */
  static final Steps DEFAULT = new Steps(Schedule.ADAPTIVE, Step.DEFAULT_SIZE);

  static final String ACCEPTED = "0.01, 1/sqrt(T), 1/sqrt(t) or 0.3/sqrt(G), with any number > 0";

  private static final Pattern FORM =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:[eE]-?[0-9]{1,2})?)(?:/sqrt\\(([TtG])\\))?");

  /**
   * Reads a formula.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Steps parse(String text) {
    Matcher matcher = FORM.matcher(text);
    double size = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
    if (!(size > 0) || Double.isInfinite(size)) {
      throw new IllegalArgumentException("found '" + text + "'; accepted: " + ACCEPTED);
    }
    String divisor = matcher.group(2);
    if (divisor == null) {
      return new Steps(Schedule.CONSTANT, size);
    }
    return switch (divisor) {
      case "T" -> new Steps(Schedule.ROOT_HORIZON, size);
      case "t" -> new Steps(Schedule.ROOT_STEP, size);
      default -> new Steps(Schedule.ADAPTIVE, size);
    };
  }

  /** The same for a stream of this length. */
  Step on(long horizon) {
    return switch (schedule) {
      case CONSTANT -> new Step(Step.Kind.CONSTANT, size);
      case ROOT_HORIZON -> new Step(Step.Kind.CONSTANT, size / Math.sqrt((double) horizon));
      case ROOT_STEP -> new Step(Step.Kind.INVERSE_ROOT, size);
      case ADAPTIVE -> new Step(Step.Kind.ADAPTIVE, size);
    };
  }
}
