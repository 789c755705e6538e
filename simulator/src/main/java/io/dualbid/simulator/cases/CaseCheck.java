package io.dualbid.simulator.cases;

/** Drives the core with the input of a case and compares what comes of it. */
interface CaseCheck {
  /**
   * Checks one case.
   *
   * @throws CaseMismatch at the first difference
   */
  void check(GoldenCase golden, Comparison comparison);
}
