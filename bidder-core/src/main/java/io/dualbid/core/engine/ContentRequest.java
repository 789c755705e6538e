package io.dualbid.core.engine;

import io.dualbid.core.model.BidRequest;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.Position;
import io.dualbid.core.placement.UserModel;
import java.util.List;
import java.util.Set;

/**
 * A text that ads may stand in, and the creatives that want to.
 *
 * @param context who reads it, where and until when an answer is awaited; its impressions don't
 *     matter
 * @param positions in reading order
 * @param user how clicks come about
 * @param limits on every answer
 * @param separateCategories whether two campaigns of one category are kept apart
 * @param candidates the creatives, in the order that settles ties
 */
public record ContentRequest(
    BidRequest context,
    List<Position> positions,
    UserModel user,
    Limits limits,
    boolean separateCategories,
    List<Candidate> candidates) {
  /** Copies the lists. */
  public ContentRequest {
    positions = List.copyOf(positions);
    candidates = List.copyOf(candidates);
  }

  /** Whether an ad may stand anywhere. */
  boolean hasRoom() {
    return !positions.isEmpty() && limits.maxAds() > 0;
  }

  /**
   * A creative. Of several of one campaign the one that is clicked most at a position stands there.
   *
   * @param campaign whose it is
   * @param creative its id
   * @param clickWeight by position
   * @param fit by position, empty for none
   * @param excludedTopics where it must not stand
   */
  public record Candidate(
      String campaign,
      String creative,
      List<Double> clickWeight,
      List<Double> fit,
      Set<String> excludedTopics) {
    /** Copies the collections. */
    public Candidate {
      clickWeight = List.copyOf(clickWeight);
      fit = List.copyOf(fit);
      excludedTopics = Set.copyOf(excludedTopics);
    }
  }
}
