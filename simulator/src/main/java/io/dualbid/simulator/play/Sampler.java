package io.dualbid.simulator.play;

import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.simulator.exchange.ExchangeStatistics;
import java.util.function.LongSupplier;

/** Takes a sample once a second. */
final class Sampler {
  private static final long INTERVAL_MILLIS = 1_000;

  private final long startMillis;
  private final ExchangeStatistics statistics;
  private final PacingWatch watch;
  private final long answeredBefore;
  private final LongSupplier answered;
  private long nextMillis;

  Sampler(
      long startMillis,
      ExchangeStatistics statistics,
      PacingWatch watch,
      long answeredBefore,
      LongSupplier answered) {
    this.startMillis = startMillis;
    this.statistics = statistics;
    this.watch = watch;
    this.answeredBefore = answeredBefore;
    this.answered = answered;
    this.nextMillis = startMillis;
  }

  /** Requests without an answer; -1 where it is not known. */
  long lag() {
    return answeredBefore < 0
        ? -1
        : Math.max(0, statistics.requests() - (answered.getAsLong() - answeredBefore));
  }

  void look(Play.Progress progress) {
    long now = System.currentTimeMillis();
    if (now < nextMillis) {
      return;
    }
    nextMillis = Math.max(nextMillis + INTERVAL_MILLIS, now);
    progress.sample(sample(now));
  }

  private Sample sample(long nowMillis) {
    long spent = 0;
    long planned = 0;
    long reserved = 0;
    long leased = 0;
    long budget = 0;
    double age = 0;
    double multiplier = 0;
    int running = 0;
    for (PacingUpdate update : watch.last().values()) {
      spent += update.ledger().spentNanos();
      planned += update.totals().plannedNanos();
      reserved += update.ledger().reservedNanos();
      leased += update.ledger().leasedNanos();
      budget += update.ledger().budgetNanos();
      if (update.state() == State.ACTIVE) {
        running++;
        age += update.totals().feedbackAgeMillis();
        multiplier += update.multipliers().budget();
      }
    }
    return new Sample(
        (nowMillis - startMillis) / 1_000.0,
        statistics.requests(),
        statistics.bids(),
        statistics.wins(),
        statistics.clicks(),
        Money.units(spent),
        Money.units(planned),
        Money.units(reserved),
        Money.units(leased),
        Money.units(budget),
        statistics.value(),
        running == 0 ? 0 : age / running,
        lag(),
        running == 0 ? 0 : multiplier / running);
  }
}
