package io.dualbid.core.rlb;

/**
 * RLB for any number of auctions and any budget, by a table of the last N auctions: a campaign of a
 * million auctions is solved in the time of its last thousand.
 *
 * <p>With n ≤ N auctions left it bids as {@link StateBid}, up to the single precision of the table.
 * Before, it takes what counts to be the money for each auction left:
 *
 * <ul>
 *   <li>{@link Mapping#STATE} (MapA) bids as in the state (N, b·N/n),
 *   <li>{@link Mapping#MARGINAL} (MapD) walks with D(n-1, b) ≈ D(T, b·T/(n-1)), T = N-1.
 * </ul>
 *
 * <p>Budgets between whole units are interpolated on a line; without that, a bid would jump
 * whenever b·N/n passes a whole number. A state with more money than the table holds, in a row that
 * is not level by then, is taken for (n·B/b, B), as in the published code; so B should be a good
 * deal above the mean budget of N auctions.
 *
 * <p>No guarantee but {@code bid ≤ b}; near the exact policy as far as D depends on b/n alone,
 * which it does the better the larger N is. O(bid) a decision, no allocation; immutable.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (there with D fitted by a network; here exact up to N)"
 */
public final class LongHorizonBid {
  /** What is carried over from the last N auctions to those before. */
  public enum Mapping {
    /** MapA: the whole state, hence the bid. The default. */
    STATE,
    /** MapD: the worth of a unit of money at each budget that the walk passes. */
    MARGINAL
  }

  private final MarginalTable marginals;
  private final Objective objective;
  private final Mapping mapping;

  /**
   * Bids by {@code marginals}.
   *
   * @param marginals of at least two auctions
   */
  public LongHorizonBid(MarginalTable marginals, Mapping mapping) {
    if (marginals.auctions() < 2) {
      throw new IllegalArgumentException(
          "need a table of at least 2 auctions: " + marginals.auctions());
    }
    this.marginals = marginals;
    this.objective = marginals.objective();
    this.mapping = mapping;
  }

  /** N, up to which bids are those of the exact policy. */
  public int exactAuctions() {
    return marginals.auctions();
  }

  /**
   * The bid.
   *
   * @param auctions n, auctions left with this one, at least 1
   * @param left b, what is left of the budget, at least 0
   * @param clickRate θ of the request
   */
  public int bid(long auctions, long left, double clickRate) {
    int table = marginals.auctions();
    if (auctions <= table) {
      return inState((int) auctions, (double) left, clickRate);
    }
    double share = (double) left / auctions * table;
    return switch (mapping) {
      case STATE -> inState(table, share, clickRate);
      case MARGINAL -> walk(table - 1, (double) left, (table - 1.0) / (auctions - 1), clickRate);
    };
  }

  private int inState(int auctions, double left, double clickRate) {
    if (left <= marginals.budget() || marginals.holdsForAnyBudget(auctions - 1)) {
      return walk(auctions - 1, left, 1, clickRate);
    }
    int fewer = Math.max(1, (int) (auctions / left * marginals.budget()));
    return walk(fewer - 1, marginals.budget(), 1, clickRate);
  }

  /** Walks up from 0 along row {@code row} of D, at {@code scale} times the budget. */
  private int walk(int row, double left, double scale, double clickRate) {
    int highest = (int) Math.min(left, (double) marginals.maxBid());
    double worth = objective.clickWeight() * clickRate;
    int bid = 0;
    while (bid < highest) {
      double marginal = marginals.interpolated(row, (left - bid - 1) * scale);
      worth -= objective.discount() * marginal + objective.costWeight();
      if (!(worth >= 0)) {
        return bid;
      }
      bid++;
    }
    return bid;
  }
}
