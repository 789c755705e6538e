package io.dualbid.simulator.audit;

import io.dualbid.stream.codec.RequestPlace;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.longlong.Roaring64NavigableMap;

/**
 * Matches requests and answers one to one, by the place of the request in its topic: each is
 * answered by bids, by a no-bid, or by a dead letter.
 *
 * <p>A request that was read again after a restart may have answers of several kinds: it counts by
 * the best of them, and as answered again. One without an answer is in flight, unless the engine
 * says that it is done with it.
 */
final class Answers {
  private final Map<Integer, Roaring64NavigableMap> bids = new HashMap<>();
  private final Map<Integer, Roaring64NavigableMap> others = new HashMap<>();
  private final Map<String, Long> noBids = new TreeMap<>();
  private long requests;
  private long inFlight;
  private long unanswered;
  private long bidRequests;
  private long deadLetters;
  private long answeredAgain;

  /**
   * A request, to be told after all answers.
   *
   * @param done whether the engine had been done with it before the answers were cut
   */
  void request(RequestPlace place, boolean done) {
    requests++;
    if (!has(bids, place) && !has(others, place)) {
      inFlight += done ? 0 : 1;
      unanswered += done ? 1 : 0;
    }
  }

  /** A bid; a request may have several, on its impressions. To be told before other answers. */
  void bid(RequestPlace place) {
    if (add(bids, place)) {
      bidRequests++;
    }
  }

  void noBid(String reason, RequestPlace place) {
    if (isFirst(place)) {
      noBids.merge(reason, 1L, Long::sum);
    }
  }

  void deadLetter(RequestPlace place) {
    if (isFirst(place)) {
      deadLetters++;
    }
  }

  private boolean isFirst(RequestPlace place) {
    boolean first = !has(bids, place) && add(others, place);
    answeredAgain += first ? 0 : 1;
    return first;
  }

  private static boolean has(Map<Integer, Roaring64NavigableMap> seen, RequestPlace place) {
    Roaring64NavigableMap offsets = seen.get(place.partition());
    return offsets != null && offsets.contains(place.offset());
  }

  private static boolean add(Map<Integer, Roaring64NavigableMap> seen, RequestPlace place) {
    Roaring64NavigableMap offsets =
        seen.computeIfAbsent(place.partition(), partition -> new Roaring64NavigableMap());
    if (place.equals(RequestPlace.UNKNOWN) || offsets.contains(place.offset())) {
      return false;
    }
    offsets.addLong(place.offset());
    return true;
  }

  AuditReport.Accounting accounting() {
    return new AuditReport.Accounting(
        requests, bidRequests, noBids, deadLetters, inFlight, unanswered, answeredAgain);
  }
}
