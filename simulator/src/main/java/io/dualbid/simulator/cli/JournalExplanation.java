package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.engine.Explainer.Opinion;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Reason;
import io.dualbid.simulator.journal.Journal;
import io.dualbid.simulator.journal.Redecision;
import io.dualbid.simulator.journal.Redecision.Moment;
import io.dualbid.simulator.journal.RequestSearch;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.codec.RequestPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What each campaign made of a request when it was decided: with the multipliers, leases and counts
 * of impressions that the subtask had at that moment, as its answers tell.
 */
final class JournalExplanation {
  private JournalExplanation() {}

  /**
   * Explains.
   *
   * @param source a journal file, or addresses of brokers
   * @param config settings of the engine where it is a cluster, or null for the defaults
   * @return the exit status
   */
  static int of(String source, @Nullable Path config, String id, boolean json) throws IOException {
    Journal journal = JournalSource.read(source, config);
    List<RequestPlace> places = RequestSearch.find(journal, id);
    if (places.isEmpty()) {
      throw new WrongInput(
          "--request-id: found no request '" + id + "' in " + source + "; accepted: one of them");
    }
    RequestPlace place = places.get(0);
    if (places.size() > 1) {
      System.err.println(
          "dualbid: " + places.size() + " requests have this id; this is the first of them");
    }
    Moment moment = Redecision.at(journal, place);
    if (moment == null) {
      String letter = RequestSearch.deadLetter(journal, place);
      throw new IllegalStateException(
          "request "
              + id
              + (letter == null
                  ? " was not answered by a bidding subtask, as far as the journal goes"
                  : " could not be read; its dead letter: " + letter));
    }
    if (Reason.OVERLOADED.label().equals(moment.reason())) {
      throw new IllegalStateException(
          "request " + id + " was put aside unread under overload: no campaign had a say");
    }
    List<Opinion> opinions =
        moment.bidder().opinions(moment.request(), moment.decided().decidedMillis()).stream()
            .map(opinion -> marked(opinion, moment.bids()))
            .toList();
    if (json) {
      ObjectNode document = ExplainCommand.document(moment.request(), opinions);
      document.put("partition", place.partition());
      document.put("offset", place.offset());
      document.put("decided", Instant.ofEpochMilli(moment.decided().decidedMillis()).toString());
      document.put("complete", moment.complete());
      System.out.println(Summary.text(document));
    } else {
      print(moment, opinions);
    }
    return 0;
  }

  /** The opinion that became a bid is marked, by what the journal holds. */
  private static Opinion marked(Opinion o, List<Bid> bids) {
    for (Bid bid : bids) {
      if (bid.campaign().equals(o.campaign()) && bid.impressionId().equals(o.impression())) {
        return new Opinion(
            o.campaign(),
            o.impression(),
            o.value(),
            o.multipliers(),
            bid.amountNanos(),
            o.score(),
            o.reason(),
            o.unmet(),
            true);
      }
    }
    return o;
  }

  private static void print(Moment moment, List<Opinion> opinions) {
    System.out.printf(
        Locale.ROOT,
        "decided %s by subtask %d, %s%n",
        Instant.ofEpochMilli(moment.decided().decidedMillis()),
        moment.decided().subtask(),
        moment.bids().isEmpty()
            ? "no bid: " + moment.reason()
            : moment.bids().size() + (moment.bids().size() == 1 ? " bid" : " bids"));
    if (!moment.complete()) {
      System.out.println(
          "some of what was known then is gone from the topics: what follows may differ from it");
    }
    ExplainCommand.print(moment.request(), opinions);
  }
}
