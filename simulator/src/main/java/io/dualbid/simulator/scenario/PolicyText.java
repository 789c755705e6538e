package io.dualbid.simulator.scenario;

import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy.AuctionType;
import io.dualbid.core.model.Strategy.Constraint;
import io.dualbid.core.model.Strategy.LinearPrice;
import io.dualbid.core.model.Strategy.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads policies: a name, and after a colon what differs from the defaults, as in {@code dmd},
 * {@code dmd:mirror=euclidean,step=1/sqrt(T)} or {@code ros:strict}. Of several, separated by
 * commas, each begins with a name.
 */
public final class PolicyText {
  /** Names with what they stand for. */
  private enum Name {
    DMD(Method.DUAL, Constraint.BUDGET),
    ROS(Method.DUAL, Constraint.ROS),
    BOTH(Method.DUAL, Constraint.BOTH),
    MIN(Method.MIN, Constraint.BOTH),
    SEQUENTIAL(Method.SEQUENTIAL, Constraint.BOTH),
    PID(Method.PID, Constraint.BUDGET),
    THROTTLING(Method.THROTTLING, Constraint.BUDGET),
    SMOOTHING(Method.SMOOTHING, Constraint.BUDGET),
    LIN(Method.LIN, Constraint.BUDGET),
    MCPC(Method.MCPC, Constraint.BUDGET),
    FIXED(Method.FIXED, Constraint.BUDGET);

    final Method method;
    final Constraint constraint;

    Name(Method method, Constraint constraint) {
      this.method = method;
      this.constraint = constraint;
    }
  }

  /** All names, for messages. */
  public static final String NAMES =
      "dmd, ros, both, min, sequential, pid, throttling, smoothing, lin, mcpc, fixed";

  private static final String OPTIONS =
      "mirror=, step=, start=, return-step=, plan=, auction=, strict, calibrate, base= and mean-rate="
          + " (lin), cpc= (mcpc)";

  private final String text;
  private final Map<String, String> options = new TreeMap<>();

  private PolicyText(String text) {
    this.text = text;
  }

  /**
   * Reads a list of policies.
   *
   * @throws IllegalArgumentException saying what was found and is accepted
   */
  public static List<Policy> list(String text) {
    List<String> whole = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (whole.isEmpty() || name(part.split(":", 2)[0]) != null) {
        whole.add(part.strip());
      } else {
        int last = whole.size() - 1;
        whole.set(last, whole.get(last) + "," + part.strip());
      }
    }
    return whole.stream().map(PolicyText::one).toList();
  }

  /**
   * Reads one policy.
   *
   * @throws IllegalArgumentException saying what was found and is accepted
   */
  public static Policy one(String text) {
    return new PolicyText(text).read();
  }

  /** Whether {@code text} is the name of a policy, without options. */
  public static boolean isName(String text) {
    return name(text) != null;
  }

  private Policy read() {
    String[] parts = text.split(":", 2);
    Name name = name(parts[0]);
    if (name == null) {
      throw wrong("the policy '" + parts[0] + "'", NAMES);
    }
    for (String option : parts.length == 1 ? new String[0] : parts[1].split(",", -1)) {
      String[] pair = option.split("=", 2);
      if (options.put(pair[0], pair.length == 1 ? "" : pair[1]) != null) {
        throw wrong("'" + pair[0] + "' again", "each option once");
      }
    }
    String start = options.remove("start");
    boolean hindsight = "hindsight".equals(start);
    String steps = options.remove("step");
    String returnStep = options.remove("return-step");
    String strict = options.remove("strict");
    String calibrate = options.remove("calibrate");
    Policy policy =
        new Policy(
            text,
            name.method,
            name.constraint,
            strict != null,
            choice("mirror", Mirror.class, Mirror.ENTROPY),
            steps == null ? Steps.DEFAULT : Steps.parse(steps),
            start == null || hindsight ? null : number("start", start, 0),
            hindsight,
            returnStep == null ? null : number("return-step", returnStep, Double.MIN_VALUE),
            choice("plan", Plan.Shape.class, Plan.Shape.EVEN),
            choice("auction", AuctionType.class, AuctionType.AS_REQUESTED),
            calibrate != null,
            linear(name.method));
    if (strict != null && !strict.isEmpty()) {
      throw wrong("'strict=" + strict + "'", "strict, which takes no value");
    }
    if (calibrate != null && (!calibrate.isEmpty() || !policy.keepsRos())) {
      throw wrong(
          "'calibrate'", "calibrate, which takes no value, of a policy that keeps a return");
    }
    if (!options.isEmpty()) {
      throw wrong("'" + options.keySet().iterator().next() + "'", OPTIONS);
    }
    return policy;
  }

  /** What lin and mcpc bid by. */
  private @Nullable LinearPrice linear(Method method) {
    return switch (method) {
      case LIN ->
          new LinearPrice(required("base", Double.POSITIVE_INFINITY), required("mean-rate", 1));
      case MCPC -> new LinearPrice(required("cpc", Double.POSITIVE_INFINITY), 1);
      default -> null;
    };
  }

  private double required(String option, double most) {
    String found = options.remove(option);
    if (found == null) {
      throw wrong("no '" + option + "='", "a number above 0 for it");
    }
    double number = number(option, found, Double.MIN_VALUE);
    if (number > most) {
      throw wrong("'" + option + "=" + found + "'", "at most " + most);
    }
    return number;
  }

  private static @Nullable Name name(String text) {
    for (Name name : Name.values()) {
      if (label(name).equals(text.strip())) {
        return name;
      }
    }
    return null;
  }

  private <E extends Enum<E>> E choice(String option, Class<E> type, E otherwise) {
    String found = options.remove(option);
    if (found == null) {
      return otherwise;
    }
    List<String> accepted = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (label(constant).equals(found)) {
        return constant;
      }
      accepted.add(label(constant));
    }
    throw wrong("'" + option + "=" + found + "'", String.join(", ", accepted));
  }

  private double number(String option, String found, double least) {
    try {
      double number = Double.parseDouble(found);
      if (number >= least && !Double.isInfinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong("'" + option + "=" + found + "'", "a number", e);
    }
    throw wrong("'" + option + "=" + found + "'", least == 0 ? "0 or more" : "more than 0");
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private IllegalArgumentException wrong(String found, String accepted) {
    return new IllegalArgumentException(message(found, accepted));
  }

  private IllegalArgumentException wrong(String found, String accepted, Throwable cause) {
    return new IllegalArgumentException(message(found, accepted), cause);
  }

  private String message(String found, String accepted) {
    return "found " + found + " in '" + text + "'; accepted: " + accepted;
  }
}
