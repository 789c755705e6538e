package io.dualbid.core.placement;

import io.dualbid.core.placement.value.ValueDistribution;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps in an ad's score as steps in its bid.
 *
 * <p>Where a whole interval of bids scores the same, and clicks jump just there, the rule decides
 * whether bids of the interval get the clicks or only those above it; the first are priced at its
 * beginning, the second at its end. The score of a step comes out of an intersection and may miss
 * such a level by rounding, so it is looked for in the neighbourhood.
 */
final class BidSteps {
  private static final double NEAR = 1e-10;
  private static final double FLAT = 1e-7;

  private final Envelope envelope;
  private final ValueDistribution law;

  BidSteps(Envelope envelope, ValueDistribution law) {
    this.envelope = envelope;
    this.law = law;
  }

  /** Prices steps in the score, given from 0 upward. */
  List<Step> priced(List<Step> steps) {
    List<Step> priced = new ArrayList<>();
    double clicks = 0;
    for (Step step : steps) {
      double level = flatLevel(step.score());
      if (Double.isNaN(level)) {
        priced.add(new Step(law.inverse(step.score()), step.score(), step.jump()));
      } else {
        double within = Math.max(0, Math.min(step.jump(), envelope.clicksAt(level) - clicks));
        if (within > 0) {
          priced.add(new Step(law.inverse(level), level, within));
        }
        if (step.jump() > within) {
          priced.add(new Step(law.inverseAbove(level), level, step.jump() - within));
        }
      }
      clicks += step.jump();
    }
    return priced;
  }

  /** The least bid that is shown if scores above {@code threshold} are. */
  double least(double threshold) {
    double level = flatLevel(threshold);
    if (Double.isNaN(level)) {
      return law.inverse(threshold);
    }
    return envelope.clicksAt(level) > 0 ? law.inverse(level) : law.inverseAbove(level);
  }

  /** The score that many bids share at {@code score} or hardly off it; NaN if there is none. */
  private double flatLevel(double score) {
    double near = NEAR * Math.max(NEAR, Math.abs(score));
    double low = law.inverse(score - near);
    double high = law.inverseAbove(score + near);
    return low < Double.POSITIVE_INFINITY && high - low > FLAT * Math.max(FLAT, low)
        ? law.virtualValue(low / 2 + high / 2)
        : Double.NaN;
  }
}
