package io.dualbid.simulator.chaos;

import io.dualbid.simulator.chaos.Fault.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** What goes wrong in a run: a function of its seed. */
final class FaultPlan {
  private static final int FEWEST = 3;
  private static final int MOST = 14;
  private static final long LONGEST_MILLIS = 2_500;

  /** Sets the plans of one seed apart from all else that is drawn from it. */
  private static final long STREAM = 0x6661756c7473L;

  private FaultPlan() {}

  /**
   * The faults of a seed, in the order of time.
   *
   * @param lengthMillis how long requests come
   */
  static List<Fault> of(long seed, long lengthMillis) {
    SplittableRandom random = new SplittableRandom(seed ^ STREAM);
    int count = random.nextInt(FEWEST, MOST + 1);
    List<Fault> faults = new ArrayList<>();
    Kind[] kinds = Kind.values();
    for (int i = 0; i < count; i++) {
      faults.add(
          new Fault(
              random.nextLong(lengthMillis / 10, lengthMillis),
              kinds[random.nextInt(kinds.length)],
              random.nextInt(1_000),
              random.nextLong(100, LONGEST_MILLIS)));
    }
    faults.sort(Comparator.comparingLong(Fault::atMillis));
    return faults;
  }
}
