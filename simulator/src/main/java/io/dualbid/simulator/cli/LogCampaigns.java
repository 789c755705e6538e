package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * Campaigns as they play a log: all of it is their flight, one auction a millisecond, and each can
 * show its ad in every auction. Of their targeting only segments are kept, if the log has them.
 */
final class LogCampaigns {
  /** When the first auction of a log arrives. */
  static final long START_MILLIS = 1_700_000_000_000L;

  private LogCampaigns() {}

  /** The campaigns of a file. */
  static List<Campaign> read(Path yaml) throws IOException {
    return Configurations.campaigns(yaml.toString(), TextFile.read(yaml));
  }

  /** The same, for auctions of which each win is paid for. */
  static List<Campaign> payingForImpressions(Path yaml, List<Campaign> campaigns) {
    for (Campaign campaign : campaigns) {
      if (campaign.perClick() != null) {
        throw new WrongInput(
            yaml
                + ":1:1: found 'billing: cpc' of campaign "
                + campaign.id()
                + "; accepted on logs of auctions: cpm (a marketplace of clicks is played by"
                + " 'simulate' and 'demo --scenario')");
      }
    }
    return campaigns;
  }

  /** The active campaigns of a file, at least one. */
  static List<Campaign> active(Path yaml) throws IOException {
    List<Campaign> active =
        read(yaml).stream().filter(campaign -> campaign.status() == Status.ACTIVE).toList();
    if (active.isEmpty()) {
      throw new WrongInput(yaml + ":1:1: found no active campaign; accepted: one or more");
    }
    return active;
  }

  /** A campaign of which nothing is known but what the command line says. */
  static Campaign of(String id, double valuePerClick, double targetRos, double maxBid) {
    return new Campaign(
        id,
        "advertiser.example",
        List.of(),
        Status.ACTIVE,
        0,
        null,
        new Flight(START_MILLIS, START_MILLIS + 1, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.value(1).keeping(Strategy.Constraint.BOTH, targetRos, false),
        valuePerClick,
        0,
        Money.floorNanos(maxBid),
        List.of(Creative.banner("300x250", 300, 250)),
        Targeting.ANY);
  }

  /** A campaign for a log of so many auctions. */
  static Campaign onLog(
      Campaign given, AuctionLog log, long rows, long budgetNanos, Plan.Shape shape, Strategy by) {
    return new Campaign(
        given.id(),
        given.advertiserDomain(),
        List.of(),
        Status.ACTIVE,
        budgetNanos,
        null,
        new Flight(START_MILLIS, START_MILLIS + rows, ZoneOffset.UTC),
        new Plan(shape, List.of()),
        by,
        valuePerClick(given, log),
        0,
        given.maxBidNanos(),
        List.of(Creative.banner("300x250", 300, 250)),
        targeting(given, log));
  }

  /** What the worth of an auction is multiplied by: nothing where the log has values itself. */
  static double valuePerClick(Campaign given, AuctionLog log) {
    return log.valued() ? 1 : given.valuePerClick();
  }

  /** Whether value less price counts. */
  static boolean forProfit(Campaign given) {
    return given.strategy().objective() == Objective.PROFIT;
  }

  private static Targeting targeting(Campaign given, AuctionLog log) {
    Targeting all = given.targeting();
    return log.segments().isEmpty()
        ? Targeting.ANY
        : new Targeting(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            all.anySegments(),
            all.noSegments(),
            Set.of(),
            List.of(),
            null);
  }

  /** Which segments of a log a campaign wants, by number; empty for all. */
  static boolean[] segments(Campaign given, AuctionLog log) {
    Targeting wants = targeting(given, log);
    List<String> names = log.segments();
    if (wants.anySegments().isEmpty() && wants.noSegments().isEmpty()) {
      return new boolean[0];
    }
    boolean[] wanted = new boolean[names.size() + 1];
    wanted[0] = wants.anySegments().isEmpty();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      wanted[i + 1] =
          (wants.anySegments().isEmpty() || wants.anySegments().contains(name))
              && !wants.noSegments().contains(name);
    }
    return wanted;
  }
}
