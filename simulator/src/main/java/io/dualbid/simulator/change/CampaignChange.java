package io.dualbid.simulator.change;

import java.util.List;

/**
 * What changes for one campaign.
 *
 * @param campaign its id
 * @param words what changes, a sentence each
 * @param risks what may go wrong with it, a sentence each
 */
public record CampaignChange(String campaign, List<String> words, List<String> risks) {
  public CampaignChange {
    words = List.copyOf(words);
    risks = List.copyOf(risks);
  }

  /** Whether there is nothing to tell. */
  public boolean isNothing() {
    return words.isEmpty() && risks.isEmpty();
  }
}
