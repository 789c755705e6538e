package io.dualbid.simulator.cli;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Flight;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import io.dualbid.simulator.replay.Replay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets budgets back after every so many auctions: each campaign is topped up by what it has spent,
 * and its flight extended by an episode, as an operator would. Multipliers are kept.
 */
final class EpisodeTopUps implements Arrivals {
  private final Arrivals auctions;
  private final Replay replay;
  private final List<Campaign> first;
  private final int episode;
  private long played;

  /**
   * The same auctions, in episodes.
   *
   * @param first the campaigns of the replay with budget and flight of the first episode
   */
  EpisodeTopUps(Arrivals auctions, Replay replay, List<Campaign> first, int episode) {
    this.auctions = auctions;
    this.replay = replay;
    this.first = List.copyOf(first);
    this.episode = episode;
  }

  @Override
  public @Nullable Arrival next() {
    if (played > 0 && played % episode == 0) {
      List<Account> accounts = replay.accounts();
      for (int i = 0; i < first.size(); i++) {
        replay.redefine(nextEpisode(first.get(i), accounts.get(i).spentNanos()));
      }
    }
    played++;
    return auctions.next();
  }

  private Campaign nextEpisode(Campaign campaign, long spentNanos) {
    Flight flight = campaign.flight();
    long end = flight.startMillis() + played + episode;
    return new Campaign(
        campaign.id(),
        campaign.advertiserDomain(),
        campaign.categories(),
        campaign.status(),
        Math.addExact(spentNanos, campaign.budgetNanos()),
        campaign.dailyBudgetNanos(),
        new Flight(flight.startMillis(), end, flight.zone()),
        campaign.plan(),
        campaign.strategy(),
        campaign.valuePerClick(),
        campaign.clickRate(),
        campaign.maxBidNanos(),
        campaign.creatives(),
        campaign.targeting());
  }

  @Override
  public void close() {
    auctions.close();
  }
}
