package io.dualbid.simulator.hindsight;

/**
 * The best of a campaign whose budget is set back after every so many auctions: one {@link
 * Knapsack} for each episode. An incomplete last episode has the whole budget of one. Never more
 * than one knapsack with all the episodes' money, since that may move money between them.
 */
public final class Episodes {
  private final double[] values;
  private final double spend;
  private final double meanPrice;

  private Episodes(double[] values, double spend, double meanPrice) {
    this.values = values;
    this.spend = spend;
    this.meanPrice = meanPrice;
  }

  /**
   * Solves every episode.
   *
   * @param gain gain of each auction, in the order of time
   * @param cost cost of each, at least 0
   * @param length auctions in an episode, at least 1
   * @param budget budget of each episode, at least 0
   */
  public static Episodes solve(double[] gain, double[] cost, int length, double budget) {
    return solve(AuctionPasses.of(gain, cost), length, budget);
  }

  /**
   * Solves every episode, one in memory at a time.
   *
   * @param auctions gains and costs, in the order of time
   * @param length auctions in an episode, at least 1
   * @param budget budget of each episode, at least 0
   */
  public static Episodes solve(AuctionPasses auctions, int length, double budget) {
    if (length < 1) {
      throw new IllegalArgumentException("length must be >= 1: " + length);
    }
    double[] values = new double[(int) ((auctions.rows() + length - 1) / length)];
    double spend = 0;
    double prices = 0;
    AuctionPasses.Pass pass = auctions.pass();
    long left = auctions.rows();
    for (int episode = 0; episode < values.length; episode++) {
      double[] gain = new double[(int) Math.min(length, left)];
      double[] cost = new double[gain.length];
      for (int i = 0; i < gain.length && pass.next(); i++) {
        gain[i] = pass.value();
        cost[i] = pass.price();
      }
      left -= gain.length;
      Knapsack best = Knapsack.solve(gain, cost, budget);
      values[episode] = best.value();
      spend += best.spend();
      prices += best.shadowPrice();
    }
    return new Episodes(values, spend, values.length == 0 ? 0 : prices / values.length);
  }

  /** Number of episodes. */
  public int count() {
    return values.length;
  }

  /** The greatest gain of each episode; a copy. */
  public double[] values() {
    return values.clone();
  }

  /** The greatest gain of all. */
  public double value() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Mean shadow price of the episodes' budgets: what each unit of money adds that is spread over
   * all of them.
   */
  public double meanShadowPrice() {
    return meanPrice;
  }

  /** What it costs. */
  public double spend() {
    return spend;
  }
}
