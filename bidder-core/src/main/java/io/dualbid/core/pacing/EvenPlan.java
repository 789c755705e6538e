package io.dualbid.core.pacing;

/** The same amount in each moment. */
record EvenPlan() implements SpendPlan {
  @Override
  public double share(long from, long to, long end) {
    return to >= end ? 1 : (double) (to - from) / (end - from);
  }
}
