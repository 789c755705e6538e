package io.dualbid.core.placement;

import io.dualbid.core.model.Money;
import java.util.List;

/**
 * An ad that is shown. Amounts are in account currency.
 *
 * @param ad its id
 * @param position its index
 * @param clickProbability of a click in one showing of the text
 * @param showProbability of its coin in a lottery; 1 otherwise
 * @param bid per click
 * @param score what it was ranked with: the bid, or its ironed virtual value
 * @param reserve least bid that could be shown: 0, or that of its law of values
 * @param pricePerClick between the reserve and the bid
 * @param expectedPayment price times click probability
 * @param othersWithout what the best answer without it scores
 * @param othersWith what the others score with it
 * @param steps where its clicks jump as it bids more; empty for welfare
 * @param moves of the others if it were gone
 */
public record Placed(
    String ad,
    int position,
    double clickProbability,
    double showProbability,
    double bid,
    double score,
    double reserve,
    double pricePerClick,
    double expectedPayment,
    double othersWithout,
    double othersWith,
    List<Step> steps,
    List<Move> moves) {
  /**
   * Another ad's position if this one were gone.
   *
   * @param ad the other
   * @param position where it would stand, -1 for nowhere
   */
  public record Move(String ad, int position) {}

  /** Copies the lists. */
  public Placed {
    steps = List.copyOf(steps);
    moves = List.copyOf(moves);
  }

  /** The price of a click in nanos, rounded down, so never above the bid. */
  public long priceNanos() {
    return Money.floorNanos(pricePerClick);
  }
}
