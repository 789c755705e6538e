package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Money;

/**
 * The rounds of a case about one budget: a bid is capped by what is left, wins when it and the
 * value are above 0 and it is at least the price, and pays the price at once. Nothing is bid after
 * the last of T rounds. What happened is kept and compared in the end.
 */
final class BudgetedRounds {
  private final GoldenCase golden;
  private final double horizon;
  private final long budgetNanos;
  private final double[] bids;
  private final boolean[] wins;
  private final long[] costs;
  private final long[] remaining;
  private long leftNanos;

  BudgetedRounds(GoldenCase golden) {
    this.golden = golden;
    this.horizon = golden.number("T");
    this.budgetNanos = nanos(golden.number("budget"));
    this.bids = new double[count()];
    this.wins = new boolean[count()];
    this.costs = new long[count()];
    this.remaining = new long[count()];
    this.leftNanos = budgetNanos;
  }

  int count() {
    return golden.input().size();
  }

  double budget() {
    return Money.units(budgetNanos);
  }

  double spent() {
    return Money.units(budgetNanos - leftNanos);
  }

  /** What an even plan spends in the rounds before {@code t}. */
  double planned(int t) {
    return budget() / horizon * Math.min(t, horizon);
  }

  double value(int t) {
    return golden.input().get(t).path("value").asDouble();
  }

  /** Round {@code t} with a bid that is not yet capped. */
  void play(int t, double uncapped) {
    double price = golden.input().get(t).path("price").asDouble();
    double bid = t < horizon ? Math.min(uncapped, Money.units(leftNanos)) : 0;
    bids[t] = bid;
    wins[t] = bid > 0 && value(t) > 0 && bid >= price;
    costs[t] = wins[t] ? nanos(price) : 0;
    leftNanos -= costs[t];
    remaining[t] = leftNanos;
  }

  void compare(Comparison comparison) {
    JsonNode expected = golden.expected();
    comparison.same("bid", bids, expected.path("bid"));
    comparison.same("win", wins, expected.path("win"));
    comparison.same("cost_nanos", costs, expected.path("cost_nanos"));
    comparison.same("remaining_nanos", remaining, expected.path("remaining_nanos"));
  }

  private static long nanos(double units) {
    return Math.round(units * Money.NANOS_PER_UNIT);
  }
}
