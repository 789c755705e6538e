package io.dualbid.simulator.log;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much there is of each resource of an allocation log. A campaign's own resource is called
 * {@code campaign.resource}, one that all share by its name alone.
 */
public final class Capacities {
  private final Map<String, Double> amounts = new LinkedHashMap<>();
  private final Set<String> campaigns = new LinkedHashSet<>();

  /**
   * Adds a capacity.
   *
   * @param campaign whose it is; null if all share it
   * @return false if another amount of the same is known
   */
  public boolean add(@Nullable String campaign, String resource, double amount) {
    if (campaign != null) {
      campaigns.add(campaign);
    }
    Double known =
        amounts.putIfAbsent(campaign == null ? resource : own(campaign, resource), amount);
    return known == null || known == amount;
  }

  private static String own(String campaign, String resource) {
    return campaign + "." + resource;
  }

  /** What a campaign's resource is called here; null if there is no capacity for it. */
  public @Nullable String name(String campaign, String resource) {
    String own = own(campaign, resource);
    if (amounts.containsKey(own)) {
      return own;
    }
    return amounts.containsKey(resource) ? resource : null;
  }

  /** Whether a name is that of a campaign's own resource. */
  boolean isOwn(String campaign, String resource) {
    return amounts.containsKey(own(campaign, resource));
  }

  /** The amount by name; NaN if there is none. */
  public double amount(String name) {
    return amounts.getOrDefault(name, Double.NaN);
  }

  /** All of them, in the order in which they became known. */
  public Map<String, Double> all() {
    return Collections.unmodifiableMap(amounts);
  }

  /** Campaigns with a resource of their own, in that order. */
  public List<String> campaigns() {
    return new ArrayList<>(campaigns);
  }
}
