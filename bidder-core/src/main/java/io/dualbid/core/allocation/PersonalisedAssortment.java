package io.dualbid.core.allocation;

/**
 * Offers each visitor the assortment that earns most at the current prices of the stock, for
 * visitors who buy at most one piece by the multinomial logit model.
 *
 * <pre>
 *   a_i = r_i - μ_i for products in stock;  S = the best set for a and the visitor's weights
 *   g_i = (ρ_i - P(i is bought | S)) / scale_i     tentative: calmer than the purchase itself
 *   g_i = (ρ_i - [i was bought]) / scale_i         realised
 * </pre>
 *
 * <p>One visitor at a time: {@link #offer}, then {@link #settle} with what was bought. No more is
 * sold than is in stock. The guarantees are those of {@link OnlineAllocator}, in expectation over
 * purchases.
 *
 * <p>O(n + k·log n) a visitor for k of n products offered, no allocation; not thread safe.
 *
 * @see "Golrezaei, Nazerzadeh, Rusmevichientong: Real-Time Optimization of Personalized
 *     Assortments, Management Science 60(6), 2014 (the problem)"
 * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, Operations Research 71(1), 2023 (the
 *     method)"
 */
public final class PersonalisedAssortment {
  /** Greater weights and revenues are held at this: products and sums of them stay finite. */
  private static final double FARTHEST = 1e150;

  private final double[] revenue;
  private final double noPurchase;
  private final Capacity stock;
  private final Horizon horizon;
  private final ShadowPrices prices;
  private final Gradient gradient;
  private final RevenueOrder order;
  private final double[] weight;
  private final double[] adjusted;
  private final boolean[] member;
  private double value;
  private double total;
  private boolean open;
  private double earned;

  /**
   * A shop before its first visitor. It owns what it is given.
   *
   * @param revenue of a piece of each product, finite and at least 0
   * @param noPurchase weight w_0 of buying nothing, finite and at least 0
   * @param stock pieces of each product
   */
  public PersonalisedAssortment(
      double[] revenue,
      double noPurchase,
      Capacity stock,
      Horizon horizon,
      ShadowPrices prices,
      Gradient gradient) {
    int products = stock.resources();
    if (revenue.length != products || prices.resources() != products) {
      throw new IllegalArgumentException(
          "products, revenues and prices must be as many: "
              + products
              + ", "
              + revenue.length
              + ", "
              + prices.resources());
    }
    for (double each : revenue) {
      requireAmount("a revenue", each);
    }
    requireAmount("the weight of no purchase", noPurchase);
    this.revenue = revenue.clone();
    this.noPurchase = noPurchase;
    this.stock = stock;
    this.horizon = horizon;
    this.prices = prices;
    this.gradient = gradient;
    this.order = new RevenueOrder(products);
    this.weight = new double[products];
    this.adjusted = new double[products];
    this.member = new boolean[products];
    planAll();
  }

  /**
   * Chooses what to offer to one visitor.
   *
   * @param weights the visitor's attraction to each product; negative ones and what isn't a number
   *     count as a product that can't be offered
   * @return the expected adjusted revenue of the offer; 0 for an empty one, as after the last slot
   * @throws IllegalStateException if the visitor before is not settled
   */
  public double offer(double[] weights) {
    if (weights.length != weight.length) {
      throw new IllegalArgumentException(
          weights.length + " weights for " + weight.length + " products");
    }
    if (open) {
      throw new IllegalStateException("the visitor before is not settled");
    }
    boolean over = horizon.isOver();
    for (int i = 0; i < weight.length; i++) {
      boolean offerable = !over && weights[i] >= 0 && stock.left(i) > 0;
      weight[i] = offerable ? Math.min(FARTHEST, weights[i]) : 0;
      adjusted[i] = offerable ? revenue[i] - prices.multiplier(i) : 0;
    }
    value = order.choose(adjusted, weight, noPurchase, member);
    total = noPurchase;
    for (int i = 0; i < weight.length; i++) {
      total += member[i] ? weight[i] : 0;
    }
    open = !over;
    return value;
  }

  /**
   * What the visitor buys: walks the offer in the order of the products.
   *
   * @param u a uniform draw in [0, 1)
   * @return the product or {@link Options#NULL_ACTION}
   */
  public int purchase(double u) {
    double sum = 0;
    for (int i = 0; i < member.length; i++) {
      sum += probability(i);
      if (member[i] && u < sum) {
        return i;
      }
    }
    return Options.NULL_ACTION;
  }

  /**
   * Ends the visit and moves the prices; without effect after the last slot.
   *
   * @param bought a product of the offer or {@link Options#NULL_ACTION}
   */
  public void settle(int bought) {
    if (bought != Options.NULL_ACTION && !(open && member[bought])) {
      throw new IllegalArgumentException("product " + bought + " was not offered");
    }
    if (!open) {
      return;
    }
    open = false;
    if (bought != Options.NULL_ACTION) {
      stock.take(bought, 1);
      earned += revenue[bought];
    }
    for (int i = 0; i < member.length; i++) {
      boolean tentative = gradient == Gradient.TENTATIVE;
      prices.step(i, tentative ? probability(i) : i == bought ? 1 : 0);
    }
    if (horizon.advance(1)) {
      planAll();
    }
  }

  /** Whether a product is in the last offer. */
  public boolean isOffered(int product) {
    return member[product];
  }

  /** Probability that the last visitor bought a product. */
  public double probability(int product) {
    return member[product] && total > 0 ? weight[product] / total : 0;
  }

  /** Pieces left of a product. */
  public long stock(int product) {
    return stock.left(product);
  }

  /** Brings pieces in or takes them away; sold ones stay sold. */
  public void setStock(int product, long pieces) {
    stock.setLimit(product, pieces);
    plan(product);
  }

  /** Extends or cuts the season. */
  public void setHorizon(long slots) {
    horizon.setLength(slots);
    planAll();
  }

  /** Revenue of all pieces sold. */
  public double earned() {
    return earned;
  }

  /** The prices, for reading. */
  public ShadowPrices prices() {
    return prices;
  }

  private void planAll() {
    for (int i = 0; i < revenue.length; i++) {
      plan(i);
    }
  }

  private void plan(int product) {
    prices.plan(product, (double) stock.left(product), horizon);
  }

  private static void requireAmount(String what, double amount) {
    if (!(amount >= 0 && amount <= FARTHEST)) {
      throw new IllegalArgumentException(what + " must be in 0.." + FARTHEST + ": " + amount);
    }
  }
}
