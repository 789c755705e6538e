package io.dualbid.core.pacing;

import io.dualbid.core.model.Money;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;

/**
 * A run of second-price auctions under one budget, values and competing bids uniform in [0, 1). The
 * money goes through a {@link Ledger}, which throws when it would be overspent.
 */
final class CappedRun {
  private final SplittableRandom random;
  private final int rounds;
  private final Ledger ledger;
  private final long budgetNanos;
  private double spentHalfway;
  private int round;

  CappedRun(long seed, int rounds, double budgetPerRound) {
    this.random = new SplittableRandom(seed);
    this.rounds = rounds;
    this.budgetNanos = Money.floorNanos(budgetPerRound * rounds);
    this.ledger = new Ledger(budgetNanos, null);
  }

  boolean next() {
    return round < rounds;
  }

  int round() {
    return round;
  }

  int left() {
    return rounds - round;
  }

  double budget() {
    return Money.units(budgetNanos);
  }

  double spent() {
    return Money.units(ledger.summary().spentNanos());
  }

  double spentHalfway() {
    return spentHalfway;
  }

  double planned() {
    return budget() * round / rounds;
  }

  /** One auction: the bid of a value and a draw, capped. Returns the cost. */
  double play(DoubleBinaryOperator bidder) {
    double value = random.nextDouble();
    long price = Money.floorNanos(random.nextDouble());
    double draw = random.nextDouble();
    long bid = Math.min(Money.floorNanos(bidder.applyAsDouble(value, draw)), ledger.available(0));
    long cost = bid > 0 && bid >= price ? price : 0;
    if (cost > 0) {
      ledger.lease(0, bid);
      ledger.reserve(0, bid);
      ledger.settle(0, bid, cost);
    }
    round++;
    if (round == rounds / 2) {
      spentHalfway = spent();
    }
    return Money.units(cost);
  }
}
