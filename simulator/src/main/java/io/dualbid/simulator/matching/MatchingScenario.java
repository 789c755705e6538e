package io.dualbid.simulator.matching;

import java.util.List;
import java.util.Locale;

/**
 * What to compare: a family of instances, sizes of it, and policies.
 *
 * @param title what it is about
 * @param family where instances come from
 * @param sizes numbers of offline vertices
 * @param world what else makes up an instance
 * @param policies names; of {@link MatchingPolicies}, or {@link #BAYESIAN} for a Bayesian family
 * @param seeds instances of each size, at least 1
 * @param firstSeed the first's
 */
public record MatchingScenario(
    String title,
    Family family,
    List<Integer> sizes,
    World world,
    List<String> policies,
    int seeds,
    long firstSeed) {
  /** Policies of Bayesian families. */
  public static final List<String> BAYESIAN =
      List.of("pivotal", "pivotal/no-recycling", "pivotal/re-solved", "priced");

  /** Where instances come from. */
  public enum Family {
    UPPER_TRIANGULAR,
    GREEDY_TRAP,
    UNEQUAL,
    RANDOM,
    DECOMPOSABLE,
    INDEPENDENT,
    BAYESIAN,
    BAYESIAN_LATE;

    /** Its name in scenarios. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the law of arrivals is known and matches are certain. */
    public boolean bayesian() {
      return this == BAYESIAN || this == BAYESIAN_LATE;
    }
  }

  /**
   * What else makes up an instance; families look at what concerns them.
   *
   * @param probability of success of an edge, in (0, 1]
   * @param copies arrivals of a group; 0 for 1/probability, rounded
   * @param arrivalsPerVertex arrivals or rounds for each offline vertex, above 0
   * @param degree mean number of vertices that an arrival sees, above 0
   * @param types of arrivals, at least 1
   * @param weightSpread weights are uniform from 1 to 1 more than this
   * @param capacity of each vertex, at least 1
   * @param draws runs of each policy on each instance, with coins, ranks and types of their own, at
   *     least 1
   * @param feedbackDelay after how many arrivals an outcome is known, at least 0
   * @param feedbackLoss share of the outcomes that are never known, 0 to 1
   * @param window arrivals after which an attempt of unknown outcome is given up, beyond the delay
   * @param periods at whose begins a program is solved anew, where it is; at least 1
   */
  public record World(
      double probability,
      int copies,
      double arrivalsPerVertex,
      double degree,
      int types,
      double weightSpread,
      int capacity,
      int draws,
      int feedbackDelay,
      double feedbackLoss,
      int window,
      int periods) {
    int group() {
      return copies > 0 ? copies : (int) Math.max(1, Math.rint(1 / probability));
    }
  }

  public MatchingScenario {
    sizes = List.copyOf(sizes);
    policies = List.copyOf(policies);
    List<String> accepted = family.bayesian() ? BAYESIAN : MatchingPolicies.NAMES;
    for (String policy : policies) {
      if (!accepted.contains(policy)) {
        throw new IllegalArgumentException(
            "found the policy '" + policy + "'; accepted: " + String.join(", ", accepted));
      }
    }
    if (sizes.isEmpty() || policies.isEmpty() || seeds < 1) {
      throw new IllegalArgumentException("found nothing to play; accepted: sizes, policies, seeds");
    }
  }

  /** The same on other sizes and so many seeds. */
  public MatchingScenario over(List<Integer> others, int count) {
    return new MatchingScenario(title, family, others, world, policies, count, firstSeed);
  }

  /** The same for other policies. */
  public MatchingScenario comparing(List<String> others) {
    return new MatchingScenario(title, family, sizes, world, others, seeds, firstSeed);
  }
}
