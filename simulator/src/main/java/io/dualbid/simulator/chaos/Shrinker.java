package io.dualbid.simulator.chaos;

import java.util.ArrayList;
import java.util.List;

/** Finds the few faults of a failing run that it takes to make it fail. */
final class Shrinker {
  private Shrinker() {}

  /**
   * The smallest result found by leaving out faults one after the other, until none can be left
   * out. Each attempt is a whole run.
   */
  static ChaosResult shrink(ChaosResult failing, Protocol protocol) {
    ChaosResult smallest = failing;
    List<Fault> left = new ArrayList<>(failing.faults());
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = left.size() - 1; i >= 0; i--) {
        List<Fault> fewer = new ArrayList<>(left);
        fewer.remove(i);
        ChaosResult result = ChaosRun.of(failing.seed(), fewer, protocol);
        if (!result.isOk()) {
          smallest = result;
          left = fewer;
          smaller = true;
        }
      }
    }
    return smallest;
  }
}
