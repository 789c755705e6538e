package io.dualbid.simulator.scenario;

import io.dualbid.core.model.Attribution;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Targeting;
import io.dualbid.simulator.market.Auctions;
import io.dualbid.simulator.market.Market;
import io.dualbid.simulator.replay.Replay.Competition;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Who bids: one campaign, or several that differ in what a win is worth to them and, where the
 * market has segments, in the users they want.
 *
 * @param count number of campaigns, at least 1
 * @param competition how several meet
 * @param objective what they maximise
 * @param budgetPerAuction money of each for an auction of the stream, ρ = B/T, above 0
 * @param targetRos value that a unit of spend must return, where a policy keeps that
 * @param maxBid highest bid, in account currency
 * @param startMultiplier the budget's multiplier before any feedback, where a policy says nothing
 * @param valueSpread standard deviation, over campaigns, of the logarithm of a win's worth; the
 *     campaigns stand at evenly spaced quantiles
 * @param attributionWindow over how many auctions late values correct predictions, where a policy
 *     does so; 0 for none
 */
public record Advertisers(
    int count,
    Competition competition,
    Objective objective,
    double budgetPerAuction,
    double targetRos,
    double maxBid,
    double startMultiplier,
    double valueSpread,
    int attributionWindow) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Advertisers who take predictions as they are. */
  public Advertisers(
      int count,
      Competition competition,
      Objective objective,
      double budgetPerAuction,
      double targetRos,
      double maxBid,
      double startMultiplier,
      double valueSpread) {
    this(
        count,
        competition,
        objective,
        budgetPerAuction,
        targetRos,
        maxBid,
        startMultiplier,
        valueSpread,
        0);
  }

  public Advertisers {
    if (count < 1 || !(budgetPerAuction > 0) || !(maxBid > 0) || !(valueSpread >= 0)) {
      throw new IllegalArgumentException(
          "a campaign, a budget and a highest bid > 0, a spread >= 0: "
              + List.of(count, budgetPerAuction, maxBid, valueSpread));
    }
  }

  /** Refuses a policy of which there is no optimum to compare with. */
  void requireMeasurable(Policy policy) {
    if (objective == Objective.PROFIT && policy.keepsRos()) {
      throw new IllegalArgumentException(
          "found " + policy.name() + " for profit; accepted: objective: value");
    }
    if (count > 1 && policy.startsFromHindsight()) {
      throw new IllegalArgumentException(
          "found " + policy.name() + " for several campaigns; accepted: start= with a number");
    }
    if (policy.calibrated() && attributionWindow == 0) {
      throw new IllegalArgumentException(
          "found "
              + policy.name()
              + " without a window to calibrate over; accepted: a number 'attribution-window' of campaigns");
    }
    // What the strategy itself refuses is found here, before anything is played.
    policy.strategy(this, Scenario.SHORTEST, startMultiplier);
  }

  /** Money of one campaign for a stream. */
  public long budgetNanos(int horizon) {
    return Money.floorNanos(budgetPerAuction * horizon);
  }

  /** What a win is worth to a campaign, in values of the market. */
  public double valueFactor(int campaign) {
    return count == 1
        ? 1
        : StrictMath.exp(
            valueSpread * NORMAL.inverseCumulativeProbability((campaign + 0.5) / count));
  }

  /** The segment that a campaign wants, of the market's; -1 for all users. */
  public static int segment(Market market, int campaign) {
    // Mixed, so that worth and segment are not of a pattern.
    return market.segments() == 0
        ? -1
        : (int) (Hash.unit(Hash.mix((campaign + 1) * Hash.GOLDEN_GAMMA)) * market.segments());
  }

  /**
   * The campaigns for a stream, all under one policy.
   *
   * @param hindsight the best multiplier in hindsight, for policies that start from it
   */
  public List<Campaign> campaigns(
      Market market, Auctions auctions, Policy policy, double hindsight) {
    List<Campaign> campaigns = new ArrayList<>(count);
    for (int k = 0; k < count; k++) {
      int segment = segment(market, k);
      campaigns.add(
          new Campaign(
              id(k),
              "advertiser.example",
              List.of(),
              Status.ACTIVE,
              budgetNanos(auctions.count()),
              null,
              // It runs before the first auction comes: a pacer is asked once in a while whether a
              // flight has begun.
              new Flight(Auctions.START - 1, auctions.endMillis() + 1, ZoneOffset.UTC),
              policy.plan(market),
              policy
                  .strategy(this, auctions.count(), hindsight)
                  .attributing(attribution(policy, auctions)),
              valueFactor(k),
              0,
              Money.floorNanos(maxBid),
              List.of(Creative.banner("b", 300, 250)),
              segment < 0 ? Targeting.ANY : wanting(Auctions.segmentName(segment))));
    }
    return campaigns;
  }

  private Attribution attribution(Policy policy, Auctions auctions) {
    return policy.calibrated()
        ? new Attribution(attributionWindow * auctions.spacingMillis(), true)
        : Attribution.NONE;
  }

  /** The id of a campaign, from {@code c1}. */
  public static String id(int campaign) {
    return "c" + (campaign + 1);
  }

  private static Targeting wanting(String segment) {
    return new Targeting(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(segment),
        Set.of(),
        Set.of(),
        List.of(),
        null);
  }
}
