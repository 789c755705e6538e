package io.dualbid.simulator.cases;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The forms of cases that can be checked, with the check of each. A new form adds one line. */
final class CaseForms {
  private static final Map<String, CaseCheck> CHECKS = new TreeMap<>();

  static {
    CHECKS.put("allocation", AllocationCases::allocation);
    CHECKS.put("assortment-mnl", AllocationCases::assortment);
    CHECKS.put("budget-and-horizon-changes", AuctionCases::budgetAndHorizonChanges);
    CHECKS.put("delayed-feedback", AuctionCases::delayedFeedback);
    CHECKS.put("lazy-catch-up", DualCases::lazyCatchUp);
    CHECKS.put("mirror-steps", DualCases::mirrorSteps);
    CHECKS.put("network-revenue-management", AllocationCases::networkRevenueManagement);
    CHECKS.put("proportional-matching-softmax", AllocationCases::proportionalMatching);
    CHECKS.put("first-price-full-feedback", FirstPriceCases::fullFeedback);
    CHECKS.put("first-price-given-landscape", FirstPriceCases::givenLandscape);
    CHECKS.put("return-on-spend", ReturnCases::returnOnSpend);
    CHECKS.put("statistics-iid-uniform", StatisticsCases::uniform);
    CHECKS.put("splitmix64", DualCases::splitmix64);
    CHECKS.put("step-sizes", DualCases::stepSizes);
    CHECKS.put("truthful-auction", AuctionCases::truthfulAuction);
    CHECKS.put("pid-pacing", BaselineCases::pid);
    CHECKS.put("throttling", BaselineCases::throttling);
    CHECKS.put("lin-mcpc", BaselineCases::linearAndMeanCost);
    CHECKS.put("rlb-dp", RlbCases::dynamicProgram);
    CHECKS.put("hindsight-one-campaign", HindsightCases::oneCampaign);
    CHECKS.put("hindsight-ties", HindsightCases::ties);
    CHECKS.put("hindsight-ros-budget", HindsightCases::rosBudget);
    CHECKS.put("hindsight-global", HindsightCases::global);
    CHECKS.put("matching-policies", MatchingCases::policies);
    CHECKS.put("matching-benchmarks", MatchingCases::benchmarks);
    CHECKS.put("adwords-balance", MatchingCases::adwords);
    CHECKS.put("pivotal-sampling", PivotalCases::pivotal);
    CHECKS.put("bayesian-matching", BayesianCases::bayesian);
    CHECKS.put("bayesian-prophet-gap", BayesianCases::bayesian);
    CHECKS.put("text-insertion-points", TextCases::insertionPoints);
    CHECKS.put("fit-click-weights", TextCases::clickWeights);
    CHECKS.put("triangular-limit", TriangularCases::limit);
    CHECKS.put("statistical-upper-triangular", TriangularCases::statistics);
    CHECKS.put("mnl-auction", PlacementCases::mnl);
    CHECKS.put("cascade-auction", PlacementCases::cascade);
    CHECKS.put("cascade-deterministic", PlacementCases::deterministic);
    CHECKS.put("ironing", PlacementCases::ironing);
  }

  private CaseForms() {}

  /** The check of a form, or null. */
  static @Nullable CaseCheck of(String form) {
    return CHECKS.get(form);
  }

  /** All forms, by name. */
  static Iterable<String> names() {
    return CHECKS.keySet();
  }
}
