package io.dualbid.core.placement.fit;

import io.dualbid.core.placement.text.Granularity;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How content becomes an auction.
 *
 * @param granularity which ends are candidates
 * @param minGap a place closer than so many characters to the one kept before it is left out
 * @param minDistance least number of characters between two ads
 * @param maxAds most ads, at least 0
 * @param weights from fit and position to clicks
 * @param continuation of a cascade user, in [0, 1]; null for an MNL user
 * @param topics of the content, which advertisers may exclude
 */
public record FitSettings(
    Granularity granularity,
    int minGap,
    int minDistance,
    int maxAds,
    ClickWeights weights,
    @Nullable Double continuation,
    Set<String> topics) {
  public FitSettings {
    if (minGap < 0 || minDistance < 0 || maxAds < 0) {
      throw new IllegalArgumentException(
          "must be >= 0: minGap=" + minGap + " minDistance=" + minDistance + " maxAds=" + maxAds);
    }
    topics = Set.copyOf(topics);
  }
}
