package io.dualbid.simulator.cli;

import io.dualbid.simulator.episodes.EpisodePolicy;
import io.dualbid.simulator.scenario.Policy;
import io.dualbid.simulator.scenario.PolicyText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One policy of {@code --policy}: of the engine, or a rule that bids by the auctions and money
 * left.
 *
 * @param engine the one; null where it is the other
 * @param rule the other
 */
record PolicyChoice(@Nullable Policy engine, @Nullable EpisodePolicy rule) {
  /** Reads policies separated by commas; each begins with a name. */
  static List<PolicyChoice> list(String text) {
    List<String> whole = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String name = part.split(":", 2)[0];
      if (whole.isEmpty() || PolicyText.isName(name) || EpisodePolicy.isName(name)) {
        whole.add(part.strip());
      } else {
        int last = whole.size() - 1;
        whole.set(last, whole.get(last) + "," + part.strip());
      }
    }
    return whole.stream().map(PolicyChoice::of).toList();
  }

  private static PolicyChoice of(String text) {
    try {
      String name = text.split(":", 2)[0];
      if (EpisodePolicy.isName(name) && !isOfEngine(text)) {
        return new PolicyChoice(null, EpisodePolicy.parse(text));
      }
      if (PolicyText.isName(name)) {
        return new PolicyChoice(PolicyText.one(text), null);
      }
      throw new WrongInput(
          "--policy: found the policy '"
              + name
              + "'; accepted: "
              + PolicyText.NAMES
              + ", "
              + EpisodePolicy.NAMES);
    } catch (IllegalArgumentException e) {
      throw new WrongInput("--policy: " + e.getMessage(), e);
    }
  }

  /** Lin and Mcpc are both: a campaign's method where its price is given, else trained rules. */
  private static boolean isOfEngine(String text) {
    return List.of("base=", "mean-rate=", "cpc=").stream().anyMatch(text::contains);
  }
}
