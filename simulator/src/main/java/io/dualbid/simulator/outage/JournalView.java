package io.dualbid.simulator.outage;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.simulator.audit.Audit;
import io.dualbid.simulator.outage.ExchangeBooks.Place;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the topics hold in the end: valid bids, outcomes, the last ledgers, requests and which of
 * them are answered.
 */
final class JournalView {
  private final Map<Place, Bid> bids = new LinkedHashMap<>();
  private final List<Long> bidMillis = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<String, PacingUpdate> ledgers = new TreeMap<>();
  private final Set<RequestPlace> requests = new HashSet<>();
  private final Set<RequestPlace> answered = new HashSet<>();
  private final List<String> unreadable = new ArrayList<>();

  /** An empty view. */
  JournalView() {}

  /** Reads the topics of an engine. */
  static JournalView of(EngineConfig engine, Audit.Reader reader) {
    Topics topics = engine.kafka().topics();
    JournalDecoder decoder = new JournalDecoder(topics);
    JournalView view = new JournalView();
    reader.read(topics.bids(), raw -> view.journal(decoder, raw));
    reader.read(topics.outcomes(), raw -> view.journal(decoder, raw));
    reader.read(topics.pacing(), view::pacing);
    reader.read(topics.noBids(), view::noBid);
    reader.read(topics.deadLetters(), raw -> view.deadLetter(raw, topics.bidRequests()));
    reader.read(
        topics.bidRequests(), raw -> view.request(new RequestPlace(raw.partition(), raw.offset())));
    return view;
  }

  private void journal(JournalDecoder decoder, RawRecord raw) {
    JournalRecord record = decoder.decode(raw);
    if (record instanceof Issued issued) {
      // Late or not, it is an answer.
      answer(JournalDecoder.place(raw));
      bid(new Place(raw.partition(), raw.offset()), issued.bid(), issued.appendMillis());
    } else if (record instanceof Learned learned) {
      outcome(learned.outcome());
    }
  }

  private void pacing(RawRecord raw) {
    try {
      ledger(PacingUpdateCodec.decode(raw.value()));
    } catch (UnreadableRecord e) {
      unreadable(raw, e);
    }
  }

  private void noBid(RawRecord raw) {
    try {
      answer(NoBidCodec.decode(raw.value()).place());
    } catch (UnreadableRecord e) {
      unreadable(raw, e);
    }
  }

  private void deadLetter(RawRecord raw, String requestTopic) {
    try {
      DeadLetterCodec.DeadLetter letter = DeadLetterCodec.decode(raw.value());
      if (letter.topic().equals(requestTopic)) {
        answer(letter.place());
      }
    } catch (UnreadableRecord e) {
      unreadable(raw, e);
    }
  }

  private void unreadable(RawRecord raw, UnreadableRecord problem) {
    unreadable.add(
        raw.topic() + "/" + raw.partition() + "/" + raw.offset() + ": " + problem.reason());
  }

  /** Takes in a bid, if it is valid. */
  void bid(Place place, Bid bid, long appendMillis) {
    if (bid.validAt(appendMillis)) {
      bids.put(place, bid);
      bidMillis.add(appendMillis);
    }
  }

  void outcome(Outcome outcome) {
    outcomes.add(outcome);
  }

  /** Takes in a published ledger; the greatest epoch counts. */
  void ledger(PacingUpdate update) {
    ledgers.merge(update.campaign(), update, (a, b) -> b.epoch() >= a.epoch() ? b : a);
  }

  void request(RequestPlace place) {
    requests.add(place);
  }

  void answer(RequestPlace place) {
    answered.add(place);
  }

  /** Valid bids by their place. */
  Map<Place, Bid> bids() {
    return bids;
  }

  /** When valid bids were appended, rising. */
  long[] bidMillis() {
    return bidMillis.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  /** Outcomes, repeated ones included. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  /** The last ledger of each campaign. */
  Map<String, PacingUpdate> ledgers() {
    return ledgers;
  }

  /** Where requests lie. */
  Set<RequestPlace> requests() {
    return requests;
  }

  /** Requests without any answer. */
  List<RequestPlace> unanswered() {
    return requests.stream().filter(place -> !answered.contains(place)).toList();
  }

  /** Records that can't be read, with their place. */
  List<String> unreadable() {
    return unreadable;
  }
}
