package io.dualbid.core.pacing;

/** Everything at once: all that is left is planned for the next moment. */
record AsapPlan() implements SpendPlan {
  @Override
  public double share(long from, long to, long end) {
    return 1;
  }
}
