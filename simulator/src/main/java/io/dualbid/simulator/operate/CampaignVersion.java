package io.dualbid.simulator.operate;

import io.dualbid.core.model.Campaign;
import org.jspecify.annotations.Nullable;

/**
 * One version of a campaign's definition.
 *
 * @param campaign the campaign's id
 * @param number from 1, without gaps; 0 for a definition that was published without a number
 * @param timeMillis when it was published, by its publisher's clock
 * @param author who published it
 * @param reason why, in a sentence; may be empty
 * @param restores the version that it brings back; 0 where it is no return
 * @param definition what the campaign asks for from then on; null where it is withdrawn
 */
public record CampaignVersion(
    String campaign,
    int number,
    long timeMillis,
    String author,
    String reason,
    int restores,
    @Nullable Campaign definition) {
  /** The author of definitions that don't tell theirs. */
  public static final String UNKNOWN = "unknown";

  public CampaignVersion {
    if (number < 0 || restores < 0) {
      throw new IllegalArgumentException(
          "versions count from 1: campaign=" + campaign + ", number=" + number);
    }
  }

  /** The version whose definition this is: itself, or the one that it brings back. */
  public int origin() {
    return restores > 0 ? restores : number;
  }

  /** Whether both were published at one time by one author, as the campaigns of one file are. */
  public boolean isOfOnePublication(CampaignVersion other) {
    return timeMillis == other.timeMillis && author.equals(other.author);
  }
}
