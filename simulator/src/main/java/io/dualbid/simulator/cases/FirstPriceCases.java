package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.bidding.BiddingRule;
import io.dualbid.core.dual.DualVariable;
import io.dualbid.core.dual.Euclidean;
import io.dualbid.core.dual.MirrorMap;
import io.dualbid.core.dual.StepSize;
import io.dualbid.core.landscape.LandscapeConfig;
import io.dualbid.core.landscape.LandscapeLearner;
import io.dualbid.core.landscape.PriceLandscape;
import io.dualbid.core.landscape.StepLandscape;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.pacing.Ledger;
import org.jspecify.annotations.Nullable;

/**
 * Repeated first-price auctions under a budget, with a landscape that is given or learned on the
 * way. The money goes through the ledger, the multiplier through a dual variable.
 */
final class FirstPriceCases {
  private static final String EXPECTED_COST = "expected";
  private static final String REALISED_COST = "realised";
  private static final double NANOS = Money.NANOS_PER_UNIT;

  private FirstPriceCases() {}

  /** The landscape is known from the start; one run for each kind of gradient. */
  static void givenLandscape(GoldenCase golden, Comparison comparison) {
    StepLandscape landscape = StepLandscape.of(numbers(golden, "grid"), numbers(golden, "F"));
    JsonNode gradients = golden.parameters().path("gradient");
    known(gradients);
    if (gradients.isArray()) {
      for (JsonNode gradient : gradients) {
        String kind = gradient.asText();
        new Run(golden, comparison, golden.expected().path(kind), kind + ".")
            .play(landscape, null, kind);
      }
    } else {
      String kind = golden.word("gradient", REALISED_COST);
      new Run(golden, comparison, golden.expected(), "").play(landscape, null, kind);
    }
  }

  /** Every competing bid is told after its auction, and the landscape is what was told so far. */
  static void fullFeedback(GoldenCase golden, Comparison comparison) {
    LandscapeLearner learner =
        new LandscapeLearner(LandscapeConfig.exact(Math.max(2, golden.input().size())));
    String kind = golden.word("gradient", EXPECTED_COST);
    new Run(golden, comparison, golden.expected(), "").play(learner.landscape(), learner, kind);
  }

  /** Refuses a kind of gradient that would otherwise be taken for another. */
  private static void known(JsonNode gradients) {
    for (JsonNode gradient : gradients) {
      String kind = gradient.asText();
      if (!kind.equals(EXPECTED_COST) && !kind.equals(REALISED_COST)) {
        throw new CaseMismatch(
            "found the gradient '" + kind + "'; accepted: " + EXPECTED_COST + ", " + REALISED_COST);
      }
    }
  }

  private static double[] numbers(GoldenCase golden, String key) {
    JsonNode node = golden.parameters().path(key);
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).asDouble();
    }
    return numbers;
  }

  /** One pass over the rounds. */
  private static final class Run {
    private final GoldenCase golden;
    private final Comparison comparison;
    private final JsonNode expected;
    private final String prefix;

    Run(GoldenCase golden, Comparison comparison, JsonNode expected, String prefix) {
      this.golden = golden;
      this.comparison = comparison;
      this.expected = expected;
      this.prefix = prefix;
    }

    /**
     * Plays all rounds, then compares.
     *
     * @param given the landscape of all rounds, or of the first where one is learned
     * @param learner is told every competing bid; null where the landscape is given
     */
    void play(PriceLandscape given, @Nullable LandscapeLearner learner, String gradient) {
      double slots = golden.number("T");
      Ledger ledger = new Ledger(Math.round(golden.number("budget") * NANOS), null);
      double rho = Money.units(ledger.available(0)) / slots;
      DualVariable dual =
          new DualVariable(
              new Euclidean(golden.number("mu_max", MirrorMap.CEILING)),
              new StepSize.Constant(golden.number("eta")),
              golden.number("mu1", 0));
      int rounds = golden.input().size();
      double[] bids = new double[rounds];
      boolean[] wins = new boolean[rounds];
      long[] costs = new long[rounds];
      long[] remaining = new long[rounds];
      double[] multipliers = new double[rounds];
      double utility = 0;
      for (int t = 0; t < rounds; t++) {
        double value = golden.input().get(t).path("value").asDouble();
        double price = golden.input().get(t).path("price").asDouble();
        PriceLandscape landscape = learner == null ? given : learner.landscape();
        if (t < slots) {
          double worth = BiddingRule.of(Objective.PROFIT).bid(value, dual.multiplier());
          bids[t] = Math.min(landscape.bestBid(worth), Money.units(ledger.available(0)));
        }
        wins[t] = bids[t] > 0 && value > 0 && bids[t] >= price;
        if (wins[t]) {
          costs[t] = Math.min(Math.round(bids[t] * NANOS), ledger.available(0));
          ledger.lease(0, costs[t]);
          ledger.reserve(0, costs[t]);
          ledger.settle(0, costs[t], costs[t]);
          utility += value - Money.units(costs[t]);
        }
        if (t < slots && rho > 0) {
          boolean calm = gradient.equals(EXPECTED_COST);
          double cost = calm ? landscape.expectedCost(bids[t]) : Money.units(costs[t]);
          dual.step(rho - cost);
        }
        if (learner != null) {
          // Watched from the side: what the round's own bid was makes no difference.
          learner.lost(0, price);
        }
        remaining[t] = ledger.available(0);
        multipliers[t] = dual.multiplier();
      }
      comparison.same(prefix + "bid", bids, expected.path("bid"));
      for (int t = 0; t < rounds; t++) {
        comparison.same(prefix + "win[" + t + "]", wins[t], expected.path("win").path(t));
      }
      comparison.same(prefix + "cost_nanos", costs, expected.path("cost_nanos"));
      comparison.same(prefix + "remaining_nanos", remaining, expected.path("remaining_nanos"));
      comparison.same(prefix + "mu_after", multipliers, expected.path("mu_after"));
      comparison.same(prefix + "utility", utility, expected.path("utility"));
    }
  }
}
