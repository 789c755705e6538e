package io.dualbid.simulator.cases;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The forms of cases that can be checked, with the check of each. A new form adds one line. */
final class CaseForms {
  private static final Map<String, CaseCheck> CHECKS = new TreeMap<>();

  static {
    CHECKS.put("splitmix64", DualCases::splitmix64);
    CHECKS.put("hindsight-one-campaign", HindsightCases::oneCampaign);
    CHECKS.put("hindsight-ties", HindsightCases::ties);
    CHECKS.put("hindsight-ros-budget", HindsightCases::rosBudget);
    CHECKS.put("hindsight-global", HindsightCases::global);
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
