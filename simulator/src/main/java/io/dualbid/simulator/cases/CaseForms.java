package io.dualbid.simulator.cases;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The forms of cases that can be checked, with the check of each. A new form adds one line. */
final class CaseForms {
  private static final Map<String, CaseCheck> CHECKS = new TreeMap<>();

  static {
    CHECKS.put("splitmix64", DualCases::splitmix64);
    CHECKS.put("pid-pacing", BaselineCases::pid);
    CHECKS.put("throttling", BaselineCases::throttling);
    CHECKS.put("lin-mcpc", BaselineCases::linearAndMeanCost);
    CHECKS.put("rlb-dp", RlbCases::dynamicProgram);
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
