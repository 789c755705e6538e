package io.dualbid.simulator.console;

import io.dualbid.core.model.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a campaign made of the last sampled requests, {@value #CAPACITY} at most. */
final class Sightings {
  /** Requests kept. */
  static final int CAPACITY = 64;

  private final Sighting[] last = new Sighting[CAPACITY];
  private int next;
  private int size;

  /**
   * A sampled request.
   *
   * @param reason why the campaign made no bid; null where it did
   */
  record Sighting(@Nullable Reason reason) {}

  /**
   * Counts.
   *
   * @param requests requests looked at
   * @param bids those that it would bid on
   * @param reasons why it was out of the others, the most frequent first
   */
  record Summary(int requests, int bids, List<Map.Entry<Reason, Integer>> reasons) {
    Summary {
      reasons = List.copyOf(reasons);
    }

    /**
     * The most frequent reason among requests that fit its targeting, or, where none does, that
     * none does; null where it would bid on all.
     */
    Map.@Nullable Entry<Reason, Integer> main() {
      return reasons.stream()
          .filter(entry -> entry.getKey() != Reason.NO_CANDIDATE)
          .findFirst()
          .orElse(bids > 0 || reasons.isEmpty() ? null : reasons.get(0));
    }

    /** Requests that fit its targeting. */
    int fitting() {
      return requests
          - reasons.stream()
              .filter(entry -> entry.getKey() == Reason.NO_CANDIDATE)
              .mapToInt(Map.Entry::getValue)
              .sum();
    }
  }

  void add(Sighting sighting) {
    last[next] = sighting;
    next = (next + 1) % CAPACITY;
    size = Math.min(CAPACITY, size + 1);
  }

  Summary summary() {
    Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    int bids = 0;
    for (int i = 0; i < size; i++) {
      Reason reason = last[i].reason();
      if (reason == null) {
        bids++;
      } else {
        counts.merge(reason, 1, Integer::sum);
      }
    }
    List<Map.Entry<Reason, Integer>> reasons = new ArrayList<>();
    counts.forEach((reason, count) -> reasons.add(Map.entry(reason, count)));
    reasons.sort(Comparator.comparing(entry -> -entry.getValue()));
    return new Summary(size, bids, reasons);
  }
}
