package io.dualbid.simulator.marketplace;

import io.dualbid.core.configuration.EngineConfig.Allocation;
import java.util.Locale;

/**
 * What is compared: an allocation, with outcomes known at once or as late as in the stream.
 *
 * @param allocation the policy
 * @param delayed whether notices and clicks take their time, and windows last
 */
public record MarketplacePolicy(Allocation.Kind allocation, boolean delayed) {
  private static final String DELAYED = ":delayed";

  /**
   * Reads a policy such as {@code dual} or {@code dual:delayed}.
   *
   * @throws IllegalArgumentException naming what is accepted
   */
  public static MarketplacePolicy of(String text) {
    boolean delayed = text.endsWith(DELAYED);
    String name = delayed ? text.substring(0, text.length() - DELAYED.length()) : text;
    return new MarketplacePolicy(kind(name), delayed);
  }

  /** The allocation of this name. */
  public static Allocation.Kind kind(String name) {
    for (Allocation.Kind kind : Allocation.Kind.values()) {
      if (label(kind).equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "found the policy '"
            + name
            + "'; accepted: dual, stochastic-balance, perturbed-greedy or highest-bid");
  }

  /** The name of an allocation. */
  public static String label(Allocation.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The policy as it is written. */
  public String label() {
    return label(allocation) + (delayed ? DELAYED : "");
  }
}
