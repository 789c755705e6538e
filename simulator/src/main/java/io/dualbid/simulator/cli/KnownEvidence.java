package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.change.Evidence;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.AuctionTape;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ledgers of a journal and auctions of a log. What may be expected is the optimum of the auctions
 * in hindsight, near which pacing settles where traffic stays alike.
 */
final class KnownEvidence implements Evidence, Closeable {
  private final Map<String, PacingUpdate> updates;
  private final @Nullable AuctionLog log;
  private final double hours;

  /**
   * What is known.
   *
   * @param updates the newest of each campaign
   * @param log auctions, or null; owned by this
   * @param hours in which they came
   */
  KnownEvidence(Map<String, PacingUpdate> updates, @Nullable AuctionLog log, double hours) {
    this.updates = updates;
    this.log = log;
    this.hours = hours;
  }

  @Override
  public @Nullable PacingUpdate update(String campaign) {
    return updates.get(campaign);
  }

  @Override
  public @Nullable Outlook outlook(Campaign campaign, double unitsAnHour) {
    AuctionTape tape = tape(campaign);
    if (log == null || tape == null || campaign.perClick() != null || !(unitsAnHour > 0)) {
      return null;
    }
    Strategy strategy = campaign.strategy();
    boolean profit = strategy.objective() == Objective.PROFIT;
    double target = strategy.keepsRos() && !profit ? strategy.targetRos() : 0;
    AuctionPasses auctions =
        new TapePasses(
            tape, log.valued() ? 1 : campaign.valuePerClick(), Money.units(campaign.maxBidNanos()));
    double money = unitsAnHour * hours;
    KnapsackOptimum best =
        KnapsackOptimum.of(profit ? auctions.forProfit() : auctions, target, money);
    // Worth is value over the target, where there is one; the multiplier is of value.
    double multiplier = best.shadowPrice() * (target > 0 ? target : 1);
    double value = profit ? best.value() + best.spend() : best.value();
    return new Outlook(
        multiplier, best.spend() / money, best.spend() > 0 ? value / best.spend() : Double.NaN);
  }

  /** The campaign's own auctions, or all where they name no campaigns. */
  private @Nullable AuctionTape tape(Campaign campaign) {
    AuctionLog all = log;
    if (all == null) {
      return null;
    }
    for (AuctionTape tape : all.tapes()) {
      if (!all.namesCampaigns() || tape.campaign().equals(campaign.id())) {
        return tape;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
