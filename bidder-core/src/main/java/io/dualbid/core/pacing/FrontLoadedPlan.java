package io.dualbid.core.pacing;

/**
 * Twice the even rate at first, falling linearly to nothing at the end: the density at t is
 * proportional to (end - t), so of what is left at {@code from} the share {@code 1 - ((end - to) /
 * (end - from))²} comes before {@code to}.
 */
record FrontLoadedPlan() implements SpendPlan {
  @Override
  public double share(long from, long to, long end) {
    if (to >= end) {
      return 1;
    }
    double left = (double) (end - to) / (end - from);
    return 1 - left * left;
  }
}
