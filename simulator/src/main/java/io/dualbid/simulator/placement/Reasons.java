package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Lost;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.Placed;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.value.ValueDistribution;
import java.util.Locale;
import java.util.Objects;

/** Why an ad is shown at its price, or isn't shown, in sentences. */
final class Reasons {
  /** Relative difference below which a price is the reserve. */
  private static final double SAME = 1e-9;

  private final Outcome outcome;

  Reasons(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Of an ad that is shown: what its price is made of. */
  String of(Placed placed) {
    PlacementResult result = outcome.result();
    StringBuilder why = new StringBuilder();
    if (result.objective() == Objective.REVENUE) {
      why.append("Pays ").append(number(placed.pricePerClick())).append(" per click: ");
      why.append(
          placed.pricePerClick() <= placed.reserve() * (1 + SAME)
              ? "its reserve, which nobody else pushes up."
              : "the least it could have bid for its clicks, above its reserve of "
                  + number(placed.reserve())
                  + ".");
    } else if (placed.expectedPayment() <= 0) {
      why.append("Pays nothing: it takes nothing from others.");
    } else {
      why.append(
          String.format(
              Locale.ROOT,
              "Pays %s per click: the others would earn %s per answer without it and earn %s with"
                  + " it.",
              number(placed.pricePerClick()),
              number(placed.othersWithout()),
              number(placed.othersWith())));
    }
    for (Placed.Move move : placed.moves()) {
      why.append(" Without it, ").append(move.ad());
      why.append(
          move.position() < 0
              ? " would not be shown."
              : " would stand at " + move.position() + ".");
    }
    if (placed.showProbability() < 1) {
      why.append(" Shown with probability ").append(number(placed.showProbability())).append('.');
    }
    return why.toString();
  }

  /** Of an ad that isn't: the first reason that applies, and the bid that would have been shown. */
  String of(Lost lost) {
    return because(lost) + needed(lost);
  }

  private String because(Lost lost) {
    String at = lost.bestPosition() < 0 ? "" : " at " + lost.bestPosition();
    return switch (lost.reason()) {
      case FIT_BELOW_FLOOR -> belowFloor(lost);
      case EXCLUDED -> "It excludes the topics of every place where it fits.";
      case ZERO_BID -> "It bids nothing.";
      case BELOW_RESERVE -> "Its bid is below its reserve of " + number(law(lost).reserve()) + ".";
      case DILUTES ->
          "It would take clicks that are worth more to others: an answer earns "
              + number(outcome.result().value())
              + ".";
      case KEPT_APART -> "It is kept apart from " + lost.against() + ", which is shown.";
      case OUTBID -> lost.against() + " stands" + at + ", where it would do best.";
      case MAX_ADS -> "As many ads are shown as may be; its best place" + at + " is free.";
      case TOO_CLOSE -> "Its best place" + at + " is too close to an ad.";
    };
  }

  private String belowFloor(Lost lost) {
    FittedContent fitted = outcome.fitted();
    int best = outcome.bestFit(lost.ad());
    if (fitted == null || best < 0) {
      return "It fits nowhere.";
    }
    return String.format(
        Locale.ROOT,
        "It fits nowhere: at best %.3f at %d, below the floor of %.3f.",
        fitted.cosine(outcome.index(lost.ad()), best),
        best,
        outcome.instance().limits().fitFloor());
  }

  private ValueDistribution law(Lost lost) {
    return Objects.requireNonNull(outcome.ad(lost.ad()).valueDistribution());
  }

  private static String needed(Lost lost) {
    if (Double.isNaN(lost.bidNeeded())) {
      return "";
    }
    return Double.isInfinite(lost.bidNeeded())
        ? " No bid would be shown."
        : " A bid above " + number(lost.bidNeeded()) + " would be shown, and pay that per click.";
  }

  /** A number to four digits that count. */
  static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    int digits = (int) Math.floor(Math.log10(Math.abs(value)));
    return String.format(Locale.ROOT, "%." + Math.max(0, 3 - digits) + "f", value);
  }
}
