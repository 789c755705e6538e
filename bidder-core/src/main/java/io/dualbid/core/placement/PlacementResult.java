package io.dualbid.core.placement;

import io.dualbid.core.model.Hash;
import java.util.List;

/**
 * What an auction decided.
 *
 * @param rule names the rule
 * @param guarantee least part of the greatest possible value that the rule reaches
 * @param objective what was maximised
 * @param value expected score: welfare, or virtual welfare
 * @param welfare expected bid of the click, in account currency per showing
 * @param revenue expected payments, likewise
 * @param noClick probability that no ad is clicked
 * @param placed the ads shown, in reading order
 * @param lost the others, in the order of the instance
 */
public record PlacementResult(
    String rule,
    double guarantee,
    Objective objective,
    double value,
    double welfare,
    double revenue,
    double noClick,
    List<Placed> placed,
    List<Lost> lost) {
  /** Copies the lists. */
  public PlacementResult {
    placed = List.copyOf(placed);
    lost = List.copyOf(lost);
  }

  /**
   * The ads of one showing: all of them, or in a lottery those whose coins come up.
   *
   * @param seed such as a hash of the request id; the same seed draws the same
   */
  public List<Placed> draw(long seed) {
    return placed.stream()
        .filter(
            p -> p.showProbability() >= 1 || Hash.unit(Hash.of(p.ad(), seed)) < p.showProbability())
        .toList();
  }
}
