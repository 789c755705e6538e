package io.dualbid.simulator.journal;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Reason;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.Decided;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.RawRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes every decision of a journal again, from the requests, definitions, multipliers, leases and
 * wins that it holds, and compares. Each answer tells what its subtask had learned before it, so a
 * bidder can be led along the same way, and as deciding is a function of that alone, the same bids
 * must come of it: to the nano and to the bit.
 *
 * <p>What the journal doesn't hold can't be decided again, and is counted: records that retention
 * or compaction has taken away, answers of an older version, answers that were lost with a crash
 * (their bids have drawn on leases). Impressions counted before a restart are not in it either, so
 * frequency caps may differ in runs that were restored from a checkpoint.
 */
public final class Redecision {
  private static final int MOST_TOLD = 20;

  private final Journal journal;
  private final Topics topics;
  private final EngineConfig engine;
  private final JournalDecoder decoder;
  private final BidRequestDecoder requests;
  private final Answer decided = new Answer();

  private long answers;
  private long bids;
  private long differences;
  private long missing;
  private long aside;
  private long lost;
  private long untold;
  private long unusable;
  private final List<String> told = new ArrayList<>();

  /**
   * What came of it.
   *
   * @param runs runs of bidding subtasks
   * @param answers answers that were decided again
   * @param bids bids among them
   * @param differences answers that came out otherwise
   * @param missing answers that could not be decided again since a record they need is gone
   * @param aside requests that were put aside unread under overload, on which nothing was decided
   * @param lost numbers of answers that are not in the journal
   * @param untold records among the answers that can't be read or don't tell their order
   * @param unusable control records that nobody could use
   * @param first the first differences, in words
   */
  public record Result(
      int runs,
      long answers,
      long bids,
      long differences,
      long missing,
      long aside,
      long lost,
      long untold,
      long unusable,
      List<String> first) {
    public Result {
      first = List.copyOf(first);
    }

    /** Whether everything was decided again, and came out the same. */
    public boolean isSame() {
      return answers > 0 && differences == 0 && missing == 0 && lost == 0 && untold == 0;
    }
  }

  /**
   * A bidder in the state in which it decided on a request.
   *
   * @param bidder as it was right before
   * @param request what it decided on
   * @param decided when, and after what
   * @param bids what it answered
   * @param reason why it made no bid, or null
   * @param complete whether all records that led to the state are still there
   */
  public record Moment(
      Bidder bidder,
      BidRequest request,
      Decided decided,
      List<Bid> bids,
      @Nullable String reason,
      boolean complete) {
    public Moment {
      bids = List.copyOf(bids);
    }
  }

  /** What one request was answered with. */
  private static final class Told {
    final Decided decided;
    final Map<String, Bid> bids = new LinkedHashMap<>();
    @Nullable String reason;

    Told(Decided decided) {
      this.decided = decided;
    }

    /** Whether the subtask knew its campaigns by then; of what it put aside nobody can tell. */
    boolean wasWarm() {
      return !Reason.WARMING_UP.label().equals(reason) && !Reason.OVERLOADED.label().equals(reason);
    }
  }

  private Redecision(Journal journal) {
    this.journal = journal;
    engine = journal.engine();
    topics = engine.kafka().topics();
    decoder = new JournalDecoder(topics);
    requests = new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
  }

  /** Decides a journal again. */
  public static Result of(Journal journal) {
    return new Redecision(journal).run();
  }

  /**
   * Leads a bidder to where it decided on a request.
   *
   * @param place where the request stands
   * @return null where the journal has no answer to it
   */
  public static @Nullable Moment at(Journal journal, RequestPlace place) {
    return new Redecision(journal).lead(place);
  }

  private @Nullable Moment lead(RequestPlace place) {
    for (Map.Entry<Long, SortedMap<Long, Told>> entry : collected().entrySet()) {
      for (Told answer : entry.getValue().values()) {
        if (answer.decided.request().equals(place)) {
          return lead(entry.getKey(), entry.getValue(), answer);
        }
      }
    }
    return null;
  }

  private @Nullable Moment lead(long incarnation, SortedMap<Long, Told> run, Told wanted) {
    Bidder bidder = BidderControl.bidder(engine, incarnation);
    BidderControl control = new BidderControl(topics, bidder);
    boolean complete = true;
    for (Told answer : run.values()) {
      complete &= learn(control, answer.decided);
      if (answer.wasWarm()) {
        bidder.warmedUp();
      }
      RawRecord raw = request(answer);
      BidRequest request = raw == null ? null : decoded(raw);
      if (answer == wanted) {
        return request == null
            ? null
            : new Moment(
                bidder,
                request,
                answer.decided,
                List.copyOf(answer.bids.values()),
                answer.reason,
                complete);
      }
      complete &= request != null;
      if (request != null && !Reason.OVERLOADED.label().equals(answer.reason)) {
        bidder.decide(request, answer.decided.decidedMillis(), decided);
      }
    }
    return null;
  }

  private @Nullable RawRecord request(Told answer) {
    RequestPlace place = answer.decided.request();
    return journal.at(topics.bidRequests(), place.partition(), place.offset());
  }

  private @Nullable BidRequest decoded(RawRecord raw) {
    try {
      return requests.decode(raw.value(), raw.timeMillis());
    } catch (UnreadableRecord e) {
      return null;
    }
  }

  private Result run() {
    Map<Long, SortedMap<Long, Told>> runs = collected();
    runs.forEach(this::decide);
    return new Result(
        runs.size(), answers, bids, differences, missing, aside, lost, untold, unusable, told);
  }

  /** All answers, by run and number. */
  private Map<Long, SortedMap<Long, Told>> collected() {
    Map<Long, SortedMap<Long, Told>> runs = new LinkedHashMap<>();
    for (RawRecord raw : journal.records(topics.bids())) {
      JournalRecord record = decoder.decode(raw);
      if (record instanceof Issued issued && PlacementJob.isOurs(issued.bid())) {
        // Promised for a text; no bid request was answered.
        continue;
      }
      if (record instanceof Issued issued) {
        collect(
            raw, runs, told -> told.bids.putIfAbsent(issued.bid().id().toString(), issued.bid()));
      } else if (!(record instanceof Beat)) {
        untold++;
      }
    }
    for (RawRecord raw : journal.records(topics.noBids())) {
      try {
        String reason = NoBidCodec.decode(raw.value()).reason();
        collect(raw, runs, told -> told.reason = reason);
      } catch (UnreadableRecord e) {
        untold++;
      }
    }
    return runs;
  }

  /** Takes in what an answer says. */
  private interface Part {
    void addTo(Told told);
  }

  private void collect(RawRecord raw, Map<Long, SortedMap<Long, Told>> runs, Part part) {
    try {
      Decided order = Decided.of(raw);
      part.addTo(
          runs.computeIfAbsent(order.incarnation(), run -> new TreeMap<>())
              .computeIfAbsent(order.number(), number -> new Told(order)));
    } catch (UnreadableRecord e) {
      untold++;
    }
  }

  /** One run of a subtask, from its first answer to its last. */
  private void decide(long incarnation, SortedMap<Long, Told> run) {
    Bidder bidder = BidderControl.bidder(engine, incarnation);
    BidderControl control = new BidderControl(topics, bidder);
    long next = 0;
    for (Map.Entry<Long, Told> entry : run.entrySet()) {
      lost += entry.getKey() - next;
      next = entry.getKey() + 1;
      Told answer = entry.getValue();
      boolean complete = learn(control, answer.decided);
      if (answer.wasWarm()) {
        bidder.warmedUp();
      }
      RawRecord raw = request(answer);
      if (raw == null || !complete) {
        missing++;
      } else if (Reason.OVERLOADED.label().equals(answer.reason)) {
        // It was put aside unread: there is no decision to make again.
        aside++;
      } else {
        compare(bidder, raw, answer);
      }
    }
  }

  /** Takes in what the subtask had learned; whether all of it is there. */
  private boolean learn(BidderControl control, Decided order) {
    boolean complete = true;
    for (Decided.Span span : order.learned()) {
      List<RawRecord> records =
          journal.between(span.input().topic(topics), span.partition(), span.first(), span.last());
      // What compaction has taken out of the middle of a span goes unseen here: where it mattered,
      // it
      // shows as a difference.
      complete &= !records.isEmpty();
      for (RawRecord record : records) {
        try {
          control.apply(record, order.decidedMillis());
        } catch (UnreadableRecord e) {
          // The job could not use it either, and went on.
          unusable++;
        }
      }
    }
    return complete;
  }

  private void compare(Bidder bidder, RawRecord raw, Told answer) {
    Decided order = answer.decided;
    BidRequest request;
    try {
      request = requests.decode(raw.value(), raw.timeMillis());
    } catch (UnreadableRecord e) {
      differ(order, "an answer to a request that can't be read: " + e.reason());
      return;
    }
    bidder.decide(request, order.decidedMillis(), decided);
    answers++;
    bids += answer.bids.size();
    Map<String, Bid> now = new LinkedHashMap<>();
    for (int i = 0; i < decided.size(); i++) {
      Bid bid = decided.offer(i).toBid(request.id(), order.subtask(), order.decidedMillis());
      now.put(bid.id().toString(), bid);
    }
    String reason = decided.size() == 0 ? decided.reason().label() : null;
    if (!now.equals(answer.bids)) {
      differ(order, "bids were " + answer.bids.values() + " and are " + now.values());
    } else if (reason != null && !reason.equals(answer.reason)) {
      differ(order, "the reason was " + answer.reason + " and is " + reason);
    }
  }

  private void differ(Decided order, String how) {
    differences++;
    if (told.size() < MOST_TOLD) {
      told.add(
          "request "
              + order.request().partition()
              + "/"
              + order.request().offset()
              + ", answer "
              + order.number()
              + " of "
              + Long.toHexString(order.incarnation())
              + ": "
              + how);
    }
  }
}
