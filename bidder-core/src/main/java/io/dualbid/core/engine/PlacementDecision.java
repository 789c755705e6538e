package io.dualbid.core.engine;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Reason;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Placer} decided on one text.
 *
 * @param reason why no ad is shown, or null where one is
 * @param auction what the auction said; null where none was held
 * @param shown the ads to show, with the promises to pay for them; in reading order
 * @param out campaigns that took no part, with their reasons
 */
public record PlacementDecision(
    @Nullable Reason reason, @Nullable PlacementResult auction, List<Shown> shown, List<Out> out) {
  /** Copies the lists. */
  public PlacementDecision {
    shown = List.copyOf(shown);
    out = List.copyOf(out);
  }

  /**
   * An ad that is shown.
   *
   * @param bid the promise, as the journal takes it: of its amount for the impression, or of its
   *     price for a click
   * @param campaign who pays
   * @param placed where it stands and why it costs that
   */
  public record Shown(Bid bid, Campaign campaign, Placed placed) {}

  /**
   * A campaign that took no part.
   *
   * @param campaign its id
   * @param reason why
   */
  public record Out(String campaign, Reason reason) {}
}
