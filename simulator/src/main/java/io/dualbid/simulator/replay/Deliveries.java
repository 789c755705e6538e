package io.dualbid.simulator.replay;

import io.dualbid.core.model.Hash;

/**
 * How reliably notices reach the pacing side: some never do, some twice, some later than others.
 * Which ones is a function of (seed, request id), so that every policy on the same auctions meets
 * the same faults.
 *
 * <p>A win whose notice is lost is paid for all the same; nobody tells the ledger, which takes
 * silence for a loss. What it is told twice it counts once.
 *
 * @param loss share of the auctions whose notices are lost, 0 to 1
 * @param duplicates share of the others whose notices come twice, 0 to 1
 * @param seed the seed
 * @param delays how delays are drawn
 */
public record Deliveries(double loss, double duplicates, long seed, Delays delays) {
  /** Every notice comes once. */
  public static final Deliveries RELIABLE = new Deliveries(0, 0, 0);

  private static final long LOSS = 1;
  private static final long DUPLICATE = 2;
  private static final long DELAY = 3;

  /** An exponential delay is at most so many means; one in 22,000 would be longer. */
  private static final long MOST_MEANS = 10;

  /** How the delay of an auction's notices comes about. */
  public enum Delays {
    /** It is the mean. */
    FIXED,
    /** It is exponential, so that notices overtake one another. */
    EXPONENTIAL
  }

  /** With the same delay for all. */
  public Deliveries(double loss, double duplicates, long seed) {
    this(loss, duplicates, seed, Delays.FIXED);
  }

  public Deliveries {
    requireShare("loss", loss);
    requireShare("duplicates", duplicates);
  }

  /** How often the notices of an auction come: 0, 1 or 2 times. */
  public int copies(long request) {
    if (loss > 0 && drawn(request, LOSS) < loss) {
      return 0;
    }
    return duplicates > 0 && drawn(request, DUPLICATE) < duplicates ? 2 : 1;
  }

  /** How late the notices of an auction come, where the mean is so much. */
  public long delayMillis(long request, long meanMillis) {
    if (delays == Delays.FIXED || meanMillis == 0) {
      return meanMillis;
    }
    double means = -StrictMath.log(1 - drawn(request, DELAY));
    return Math.round(Math.min(MOST_MEANS, means) * meanMillis);
  }

  /** The longest delay. */
  public long longestMillis(long meanMillis) {
    return delays == Delays.FIXED ? meanMillis : MOST_MEANS * meanMillis;
  }

  /** The same under another seed. */
  public Deliveries under(long otherSeed) {
    return new Deliveries(loss, duplicates, otherSeed, delays);
  }

  private double drawn(long request, long purpose) {
    long purposeSeed = Hash.mix(seed + purpose * Hash.GOLDEN_GAMMA);
    return Hash.unit(Hash.mix(purposeSeed ^ Hash.mix(request + Hash.GOLDEN_GAMMA)));
  }

  private static void requireShare(String what, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(what + " must be from 0 to 1: " + share);
    }
  }
}
