package io.dualbid.simulator.episodes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A rule by its name and options, as in {@code rlb}, {@code rlb:n=1000,map=marginal}, {@code
 * lin:b0=15} or {@code joint:prices=won}.
 *
 * @param text how it was written, and is told
 * @param name which rule
 * @param options what differs from its defaults
 */
public record EpisodePolicy(String text, Name name, Map<String, String> options) {
  /** The rules, with the options that each has. */
  public enum Name {
    SS_MDP("ss-mdp", "n="),
    MCPC("mcpc", "no option"),
    LIN("lin", "b0=, tune="),
    RLB("rlb", "n=, map="),
    JOINT("joint", "prices=");

    final String label;
    final String accepted;

    Name(String label, String accepted) {
      this.label = label;
      this.accepted = accepted;
    }
  }

  /** All names, for messages. */
  public static final String NAMES = "ss-mdp, mcpc, lin, rlb, joint";

  /** Whether {@code text} is the name of a rule, without options. */
  public static boolean isName(String text) {
    return named(text) != null;
  }

  private static @Nullable Name named(String text) {
    for (Name name : Name.values()) {
      if (name.label.equals(text.strip())) {
        return name;
      }
    }
    return null;
  }

  /**
   * Reads one rule.
   *
   * @throws IllegalArgumentException saying what was found and is accepted
   */
  public static EpisodePolicy parse(String text) {
    String[] parts = text.strip().split(":", 2);
    Name name = named(parts[0]);
    if (name == null) {
      throw new IllegalArgumentException("found the policy '" + parts[0] + "'; accepted: " + NAMES);
    }
    Map<String, String> options = new TreeMap<>();
    for (String option : parts.length == 1 ? new String[0] : parts[1].split(",", -1)) {
      String[] pair = option.strip().split("=", 2);
      boolean accepted = List.of(name.accepted.split(", ")).contains(pair[0] + "=");
      if (!accepted || pair.length == 1) {
        throw new IllegalArgumentException(
            "found '" + option + "' in '" + text + "'; accepted: " + name.accepted);
      }
      if (options.put(pair[0], pair[1]) != null) {
        throw new IllegalArgumentException(
            "found '" + pair[0] + "' again in '" + text + "'; accepted: each option once");
      }
    }
    return new EpisodePolicy(text.strip(), name, options);
  }

  /** A whole number among the options. */
  int whole(String option, int otherwise, int least) {
    String found = options.get(option);
    if (found == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(found);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(option, "a whole number of at least " + least), e);
    }
    throw new IllegalArgumentException(wrong(option, "a whole number of at least " + least));
  }

  /** A word among the options; the first of those accepted where it is not given. */
  String word(String option, String... accepted) {
    String found = options.getOrDefault(option, accepted[0]);
    for (String word : accepted) {
      if (word.equals(found)) {
        return word;
      }
    }
    throw new IllegalArgumentException(wrong(option, String.join(", ", accepted)));
  }

  private String wrong(String option, String accepted) {
    return "found '"
        + option
        + "="
        + options.get(option)
        + "' in '"
        + text
        + "'; accepted: "
        + accepted;
  }
}
