package io.dualbid.simulator.replay;

import io.dualbid.core.model.Hash;

/**
 * How reliably notices reach the pacing side: some never do, some twice. Which ones is a function
 * of (seed, request id), so that every policy on the same auctions meets the same faults.
 *
 * <p>A win whose notice is lost is paid for all the same; nobody tells the ledger, which takes
 * silence for a loss. What it is told twice it counts once.
 *
 * @param loss share of the auctions whose notices are lost, 0 to 1
 * @param duplicates share of the others whose notices come twice, 0 to 1
 * @param seed the seed
 */
public record Deliveries(double loss, double duplicates, long seed) {
  /** Every notice comes once. */
  public static final Deliveries RELIABLE = new Deliveries(0, 0, 0);

  private static final long LOSS = 1;
  private static final long DUPLICATE = 2;

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
