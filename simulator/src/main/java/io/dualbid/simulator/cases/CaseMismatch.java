package io.dualbid.simulator.cases;

/** The first value in which the core and a case differ, or why the case can't be checked. */
final class CaseMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseMismatch(String message) {
    super(message);
  }
}
