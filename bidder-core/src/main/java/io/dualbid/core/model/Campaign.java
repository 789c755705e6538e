package io.dualbid.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an advertiser asks for: money, time, targets and creatives.
 *
 * @param id stable identity, the key of all its records
 * @param advertiserDomain the advertiser's domain, which publishers block by badv
 * @param categories content categories of the ad (IAB), which publishers block by bcat
 * @param status whether it may bid
 * @param budgetNanos lifetime budget, at least 0
 * @param dailyBudgetNanos highest spend of one day of the flight's zone; null for no such cap
 * @param flight when it runs; without an end only together with a daily budget
 * @param plan how the spend is spread over the flight
 * @param strategy how it bids
 * @param valuePerClick value of one click in account currency, above 0
 * @param clickRate expected click rate where a request carries no prediction, 0 to 1
 * @param maxBidNanos highest bid for one impression, above 0
 * @param creatives at least one
 * @param targeting which requests it wants
 * @param perClick what it pays for a click, where it pays by the click; null where it pays for
 *     impressions
 */
public record Campaign(
    String id,
    String advertiserDomain,
    List<String> categories,
    Status status,
    long budgetNanos,
    @Nullable Long dailyBudgetNanos,
    Flight flight,
    Plan plan,
    Strategy strategy,
    double valuePerClick,
    double clickRate,
    long maxBidNanos,
    List<Creative> creatives,
    Targeting targeting,
    @Nullable PerClick perClick) {

  /** Whether a campaign may bid. */
  public enum Status {
    ACTIVE,
    PAUSED
  }

  /** What a campaign maximises, under its budget. */
  public enum Objective {
    /** The value it wins: bids value / μ. */
    VALUE,
    /** Value less price: bids value / (1 + μ). */
    PROFIT
  }

  /** The reference function of the mirror step. */
  public enum Mirror {
    EUCLIDEAN,
    ENTROPY,
    SHIFTED_ENTROPY
  }

  /** A campaign that pays for impressions. */
  public Campaign(
      String id,
      String advertiserDomain,
      List<String> categories,
      Status status,
      long budgetNanos,
      @Nullable Long dailyBudgetNanos,
      Flight flight,
      Plan plan,
      Strategy strategy,
      double valuePerClick,
      double clickRate,
      long maxBidNanos,
      List<Creative> creatives,
      Targeting targeting) {
    this(
        id,
        advertiserDomain,
        categories,
        status,
        budgetNanos,
        dailyBudgetNanos,
        flight,
        plan,
        strategy,
        valuePerClick,
        clickRate,
        maxBidNanos,
        creatives,
        targeting,
        null);
  }

  public Campaign {
    categories = List.copyOf(categories);
    creatives = List.copyOf(creatives);
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a campaign needs an id");
    }
    if (budgetNanos < 0 || (dailyBudgetNanos != null && dailyBudgetNanos < 0)) {
      throw new IllegalArgumentException("budgets must be >= 0: campaign " + id);
    }
    if (!flight.ends() && dailyBudgetNanos == null) {
      throw new IllegalArgumentException(
          "a flight without an end needs a daily budget: campaign " + id);
    }
    if (!(valuePerClick > 0) || Double.isInfinite(valuePerClick)) {
      throw new IllegalArgumentException("valuePerClick must be > 0: " + valuePerClick);
    }
    if (!(clickRate >= 0 && clickRate <= 1)) {
      throw new IllegalArgumentException("clickRate must be in [0, 1]: " + clickRate);
    }
    if (maxBidNanos <= 0) {
      throw new IllegalArgumentException("maxBidNanos must be > 0: " + maxBidNanos);
    }
    if (perClick != null && (strategy.keepsRos() || strategy.method().isLinear())) {
      throw new IllegalArgumentException(
          "a campaign that pays by the click keeps a budget alone: campaign " + id);
    }
    if (creatives.isEmpty()) {
      throw new IllegalArgumentException("a campaign needs a creative: " + id);
    }
  }

  /**
   * The budget's multiplier before any feedback. For methods that are linear in the click rate it
   * is what makes value over multiplier the bid they ask for, whatever a click is worth.
   */
  public double startMultiplier() {
    Strategy.LinearPrice linear = strategy.linearPrice();
    return linear == null
        ? strategy.startMultiplier()
        : valuePerClick * linear.clickRate() / linear.price();
  }

  /** The most that a bid takes out of a lease, in nanos: the highest bid, or a click's price. */
  public long largestDrawNanos() {
    PerClick own = perClick;
    return own == null ? maxBidNanos : own.priceNanos();
  }

  /** The same with another status. */
  public Campaign with(Status newStatus) {
    return changed(newStatus, budgetNanos, strategy, targeting, perClick);
  }

  /** The same with another way to bid. */
  public Campaign with(Strategy newStrategy) {
    return changed(status, budgetNanos, newStrategy, targeting, perClick);
  }

  /** The same for other requests. */
  public Campaign with(Targeting newTargeting) {
    return changed(status, budgetNanos, strategy, newTargeting, perClick);
  }

  /** The same with another lifetime budget. */
  public Campaign withBudget(long newBudgetNanos) {
    return changed(status, newBudgetNanos, strategy, targeting, perClick);
  }

  /** The same, paying by the click, or for impressions where that is null. */
  public Campaign paying(@Nullable PerClick newPerClick) {
    return changed(status, budgetNanos, strategy, targeting, newPerClick);
  }

  private Campaign changed(
      Status newStatus,
      long newBudgetNanos,
      Strategy newStrategy,
      Targeting newTargeting,
      @Nullable PerClick newPerClick) {
    return new Campaign(
        id,
        advertiserDomain,
        categories,
        newStatus,
        newBudgetNanos,
        dailyBudgetNanos,
        flight,
        plan,
        newStrategy,
        valuePerClick,
        clickRate,
        maxBidNanos,
        creatives,
        newTargeting,
        newPerClick);
  }
}
