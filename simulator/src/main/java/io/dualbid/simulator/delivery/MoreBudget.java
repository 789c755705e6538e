package io.dualbid.simulator.delivery;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Strategy;
import io.dualbid.simulator.audit.JournalEntry;
import io.dualbid.simulator.audit.JournalEntry.Kind;
import io.dualbid.simulator.hindsight.AuctionPasses;
import io.dualbid.simulator.hindsight.KnapsackOptimum;
import java.util.ArrayList;
import java.util.List;

/**
 * What more budget would have bought at most: the optimum in hindsight over auctions that were bid
 * on and lost, at the lowest price that would have won them, keeping the target for the return on
 * spend. Losses of which the exchange told no price, auctions dearer than the highest bid, and
 * requests without a bid are left out.
 *
 * @param losses auctions that were lost
 * @param priced those of which the price is known
 * @param points by rising budget; none where no price is known
 */
public record MoreBudget(long losses, long priced, List<Point> points) {
  private static final double[] FACTORS = {0.1, 0.25, 0.5, 1};

  /** Nothing can be said. */
  static final MoreBudget UNKNOWN = new MoreBudget(0, 0, List.of());

  /**
   * So much more.
   *
   * @param factor of what was spent
   * @param money the same in account currency
   * @param spent what of it could have been spent
   * @param value what that would have brought at most
   */
  public record Point(double factor, double money, double spent, double value) {}

  public MoreBudget {
    points = List.copyOf(points);
  }

  /** Of a campaign that pays for impressions; nothing is said of clicks that never came. */
  static MoreBudget of(Campaign campaign, List<JournalEntry> entries, double spent) {
    if (campaign.perClick() != null) {
      return UNKNOWN;
    }
    List<JournalEntry> lost = entries.stream().filter(entry -> entry.kind() == Kind.LOSS).toList();
    List<JournalEntry> priced =
        lost.stream().filter(entry -> entry.minimumToWinNanos() > 0).toList();
    List<Point> points = new ArrayList<>();
    if (spent > 0 && !priced.isEmpty()) {
      for (double factor : FACTORS) {
        points.add(point(campaign, priced, factor, factor * spent));
      }
    }
    return new MoreBudget(lost.size(), priced.size(), points);
  }

  private static Point point(
      Campaign campaign, List<JournalEntry> priced, double factor, double money) {
    double[] value = new double[priced.size()];
    double[] price = new double[priced.size()];
    for (int i = 0; i < value.length; i++) {
      JournalEntry loss = priced.get(i);
      price[i] = Money.units(loss.minimumToWinNanos());
      value[i] = loss.minimumToWinNanos() <= campaign.maxBidNanos() ? loss.value() : 0;
    }
    Strategy strategy = campaign.strategy();
    boolean profit = strategy.objective() == Objective.PROFIT;
    AuctionPasses auctions = AuctionPasses.of(value, price);
    double target = strategy.keepsRos() && !profit ? strategy.targetRos() : 0;
    KnapsackOptimum best =
        KnapsackOptimum.of(profit ? auctions.forProfit() : auctions, target, money);
    double brought = profit ? best.value() + best.spend() : best.value();
    return new Point(factor, money, best.spend(), brought);
  }
}
