package io.dualbid.simulator.simulation;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.market.Auctions;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Observer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks on as a policy plays: adds up the true value of its wins, follows the slack of each
 * campaign's return on spend, and takes samples of the course where they are wanted.
 */
final class Scorer implements Observer {
  private final Auctions auctions;
  private final double target;
  private final Map<String, Slack> slacks = new HashMap<>();
  private final int stride;
  private final String policy;
  private final List<Trace.Sample> samples = new ArrayList<>();
  private double value;

  private static final class Slack {
    double now;
    double lowest;
  }

  /**
   * A scorer.
   *
   * @param target the return on spend to follow; 0 for none
   * @param tracing whether samples are wanted
   */
  Scorer(String policy, Auctions auctions, double target, boolean tracing) {
    this.auctions = auctions;
    this.target = target;
    this.policy = policy;
    stride = tracing ? (auctions.count() + Trace.SAMPLES - 1) / Trace.SAMPLES : 0;
  }

  @Override
  public void won(Arrival arrival, Bid bid, long priceNanos) {
    int index = (int) arrival.number();
    // The bid knows what its campaign makes of a prediction; the truth differs by this factor.
    double worth = bid.value() * (auctions.value(index) / auctions.predicted(index));
    value += worth;
    if (target > 0) {
      Slack slack = slacks.computeIfAbsent(bid.campaign(), id -> new Slack());
      slack.now += worth / target - Money.units(priceNanos);
      slack.lowest = Math.min(slack.lowest, slack.now);
    }
  }

  @Override
  public void played(Arrival arrival, List<Account> accounts) {
    if (stride == 0 || (arrival.number() + 1) % stride != 0) {
      return;
    }
    Account account = accounts.get(0);
    PacingUpdate last = account.last();
    if (last == null) {
      throw new IllegalStateException("a pacer that has told nothing: " + account.campaign().id());
    }
    samples.add(
        new Trace.Sample(
            (int) arrival.number() + 1,
            account.spent(),
            Money.units(last.totals().plannedNanos()),
            last.multipliers().budget(),
            last.multipliers().ros()));
  }

  /** True value of all wins. */
  double value() {
    return value;
  }

  /** The sum over campaigns of what is missing in the end. */
  double violation() {
    return slacks.values().stream().mapToDouble(slack -> Math.max(0, -slack.now)).sum();
  }

  /** The lowest slack of any campaign at any moment, at most 0. */
  double lowestSlack() {
    return slacks.values().stream().mapToDouble(slack -> slack.lowest).min().orElse(0);
  }

  /** The samples, or null where none were wanted. */
  @Nullable Trace trace() {
    return stride == 0 ? null : new Trace(policy, samples);
  }
}
