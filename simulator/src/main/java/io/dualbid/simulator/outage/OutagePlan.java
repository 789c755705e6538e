package io.dualbid.simulator.outage;

import io.dualbid.simulator.outage.Outage.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What goes wrong in a run: a function of its seed, its length and the kinds that may come.
 *
 * <p>Kinds come in rounds, each kind once a round in an order of its own, so that a long run has
 * them all. Between one outage and the next lie 35 s on average in a long run, less in a short one;
 * about one in four follows within seconds, while the one before is still felt.
 */
public final class OutagePlan {
  private static final long USUAL_GAP_MILLIS = 35_000;
  private static final long SHORTEST_GAP_MILLIS = 8_000;

  /** A short run has so many at least, as far as the shortest gap allows. */
  private static final int FEW = 10;

  private static final double OVERLAPPING = 0.25;
  private static final long OVERLAP_MIN_MILLIS = 300;
  private static final long OVERLAP_MAX_MILLIS = 4_000;

  /** Nothing goes wrong so late that it could not be seen to heal. */
  private static final long QUIET_END_MILLIS = 5_000;

  /** Sets plans apart from all else that is drawn from a seed. */
  private static final long STREAM = 0x6f757461676573L;

  private OutagePlan() {}

  /**
   * The outages of a seed, in the order of time.
   *
   * @param lengthMillis how long requests come
   * @param kinds those that may come; at least one
   */
  public static List<Outage> of(long seed, long lengthMillis, Collection<Kind> kinds) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("found no kinds; accepted: at least one");
    }
    SplittableRandom random = new SplittableRandom(seed ^ STREAM);
    long gap = Math.min(USUAL_GAP_MILLIS, Math.max(SHORTEST_GAP_MILLIS, lengthMillis / FEW));
    List<Kind> round = new ArrayList<>();
    List<Outage> plan = new ArrayList<>();
    long time = gap / 2;
    boolean overlapping = false;
    while (time < lengthMillis - QUIET_END_MILLIS) {
      if (round.isEmpty()) {
        round.addAll(new TreeSet<>(kinds));
        Collections.shuffle(round, new Random(random.nextLong()));
      }
      Kind kind = round.remove(round.size() - 1);
      long length = random.nextLong(kind.shortestMillis(), kind.longestMillis() + 1);
      plan.add(new Outage(time, kind, random.nextInt(1_000), length, overlapping));
      overlapping = random.nextDouble() < OVERLAPPING;
      time +=
          overlapping
              ? random.nextLong(OVERLAP_MIN_MILLIS, OVERLAP_MAX_MILLIS)
              : random.nextLong(gap / 2, gap * 3 / 2 + 1);
    }
    return plan;
  }
}
