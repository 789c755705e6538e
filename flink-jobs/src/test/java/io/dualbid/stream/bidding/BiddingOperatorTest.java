package io.dualbid.stream.bidding;

import static io.dualbid.stream.Records.ENGINE;
import static io.dualbid.stream.Records.NOW;
import static io.dualbid.stream.Records.TOPICS;
import static io.dualbid.stream.Records.appended;
import static io.dualbid.stream.Records.campaign;
import static io.dualbid.stream.Records.defined;
import static io.dualbid.stream.Records.letters;
import static io.dualbid.stream.Records.paced;
import static io.dualbid.stream.Records.raw;
import static io.dualbid.stream.Records.utf8;
import static io.dualbid.stream.Records.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.FrequencyCap;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Reason;
import io.dualbid.core.model.Targeting;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.kafka.ToldBroker;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bidding job's operator, alone: what it says before it is warm, of poison, and after. */
class BiddingOperatorTest {
  private static final JournalDecoder JOURNAL = new JournalDecoder(TOPICS);

  /** One subtask in a harness. */
  private static final class Run implements AutoCloseable {
    final TwoInputStreamOperatorTestHarness<RawRecord, RawRecord, OutRecord> harness;
    private long requests;

    Run(ToldBroker broker, int subtask, @Nullable OperatorSubtaskState saved) throws Exception {
      harness =
          new TwoInputStreamOperatorTestHarness<>(
              new BiddingOperator(ENGINE, broker), 4, 2, subtask);
      harness.setup(RecordType.OUT.createSerializer(new SerializerConfigImpl()));
      harness.setProcessingTime(NOW);
      if (saved != null) {
        harness.initializeState(saved);
      }
      harness.open();
      harness.setProcessingTime(NOW); // the first heartbeat is due
    }

    void control(RawRecord raw) throws Exception {
      harness.processElement2(new StreamRecord<>(raw));
    }

    void ask(byte @Nullable [] request) throws Exception {
      harness.processElement1(
          new StreamRecord<>(raw(TOPICS.bidRequests(), requests++, "key", request)));
    }

    void ask() throws Exception {
      ask("");
    }

    void ask(String user) throws Exception {
      ask(
          utf8(
              ("{'id':'r"
                      + requests
                      + "','user':{'id':'"
                      + user
                      + "'},'imp':[{'id':'1','banner':{'w':300,'h':250}}]}")
                  .replace('\'', '"')));
    }

    /** The incarnation by its last heartbeat. */
    long incarnation() {
      List<OutRecord> beats = written(harness.getOutput(), TOPICS.outcomes());
      Heartbeat heartbeat = ((Beat) decoded(beats.get(beats.size() - 1))).heartbeat();
      return heartbeat.incarnation();
    }

    void lease(String campaign) throws Exception {
      long expiry = NOW + 2_000;
      Lease lease = new Lease(1, campaign, incarnation(), 0, 100_000_000, 19_675, expiry);
      control(raw(TOPICS.leases(), 1, campaign, LeaseCodec.encode(lease)));
    }

    List<String> noBids() throws Exception {
      List<String> reasons = new ArrayList<>();
      for (OutRecord record : written(harness.getOutput(), TOPICS.noBids())) {
        reasons.add(NoBidCodec.decode(record.value()).reason());
      }
      return reasons;
    }

    List<Bid> bids() {
      List<Bid> bids = new ArrayList<>();
      for (OutRecord record : written(harness.getOutput(), TOPICS.bids())) {
        if (decoded(record) instanceof Issued issued) {
          bids.add(issued.bid());
        }
      }
      return bids;
    }

    @Override
    public void close() {
      try {
        harness.close();
      } catch (Exception e) {
        throw new IllegalStateException("the operator does not close", e);
      }
    }
  }

  private static JournalRecord decoded(OutRecord record) {
    return JOURNAL.decode(appended(record, 0, NOW));
  }

  /** Before all definitions and updates have been read, half the campaigns would answer. */
  @Test
  void answersThatItIsWarmingUpUntilBothControlTopicsAreRead() throws Exception {
    try (Run run = new Run(ToldBroker.upTo(TOPICS, 1, 2), 0, null)) {
      run.ask();
      run.control(defined(campaign("a"), 0));
      run.lease("a");
      run.control(paced("a", 1, 900, 2));
      run.ask();
      assertThat(run.noBids())
          .containsExactly(Reason.WARMING_UP.label(), Reason.WARMING_UP.label());
      run.control(defined(campaign("b"), 1));
      run.ask();
      assertThat(run.noBids()).hasSize(2);
      assertThat(run.bids()).extracting(Bid::campaign).containsExactly("a");
      assertThat(run.bids().get(0).subtask()).isZero();
    }
  }

  @Test
  void isWarmAtOnceWhereNothingWasEverWritten() throws Exception {
    try (Run run = new Run(ToldBroker.empty(), 0, null)) {
      run.ask();
      assertThat(run.noBids()).containsExactly(Reason.NO_CANDIDATE.label());
    }
  }

  @Test
  void tellsRequestsThatItCannotReadAndAnswersTheNext() throws Exception {
    try (Run run = new Run(ToldBroker.empty(), 0, null)) {
      run.ask(utf8("{"));
      run.ask((byte[]) null);
      run.ask(utf8("{\"imp\":[]}"));
      run.ask();
      List<DeadLetter> letters = letters(run.harness.getOutput());
      assertThat(letters)
          .extracting(DeadLetter::topic)
          .containsExactly(TOPICS.bidRequests(), TOPICS.bidRequests(), TOPICS.bidRequests());
      assertThat(letters)
          .extracting(DeadLetter::place)
          .containsExactly(new RequestPlace(0, 0), new RequestPlace(0, 1), new RequestPlace(0, 2));
      assertThat(letters).allSatisfy(letter -> assertThat(letter.reason()).contains("accepted: "));
      assertThat(run.noBids()).containsExactly(Reason.NO_CANDIDATE.label());
    }
  }

  /** A control record reaches every subtask: the first tells, or who else reads the topic. */
  @Test
  void tellsControlRecordsThatItCannotReadOnce() throws Exception {
    for (int subtask = 0; subtask < 2; subtask++) {
      try (Run run = new Run(ToldBroker.empty(), subtask, null)) {
        run.control(raw(TOPICS.pacing(), 0, "a", utf8("{")));
        run.control(raw(TOPICS.leases(), 0, "a", utf8("{")));
        run.control(raw(TOPICS.outcomes(), 0, "a", utf8("{")));
        run.control(raw(TOPICS.campaigns(), 0, "a", utf8("{")));
        run.control(raw(TOPICS.campaigns(), 1, "b", defined(campaign("a"), 0).value()));
        assertThat(letters(run.harness.getOutput()))
            .extracting(DeadLetter::topic)
            .isEqualTo(subtask == 0 ? List.of(TOPICS.pacing(), TOPICS.leases()) : List.of());
        // Neither is anybody defined by it.
        run.ask();
        assertThat(run.noBids()).containsExactly(Reason.NO_CANDIDATE.label());
      }
    }
  }

  @Test
  void givesSignsOfLifeOnEachPartitionOfTheJournal() throws Exception {
    try (Run run = new Run(ToldBroker.empty(), 1, null)) {
      int before = written(run.harness.getOutput(), TOPICS.bids()).size();
      run.harness.setProcessingTime(NOW + 100);
      for (String topic : List.of(TOPICS.bids(), TOPICS.outcomes())) {
        List<OutRecord> beats = written(run.harness.getOutput(), topic);
        List<OutRecord> fresh = beats.subList(before, beats.size());
        assertThat(fresh).extracting(OutRecord::partition).containsExactly(0, 1);
        for (OutRecord beat : fresh) {
          Heartbeat told = ((Beat) decoded(beat)).heartbeat();
          assertThat(told).isEqualTo(new Heartbeat(run.incarnation(), 1, NOW + 100));
        }
      }
    }
  }

  /** A restart knows definitions, multipliers and what users saw, and is another incarnation. */
  @Test
  void goesOnFromWhatItSaved() throws Exception {
    Targeting once =
        new Targeting(
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            List.of(),
            new FrequencyCap(1, 60_000));
    OperatorSubtaskState saved;
    long before;
    try (Run run = new Run(ToldBroker.upTo(TOPICS, 3, 1), 0, null)) {
      run.control(defined(campaign("a").with(once), 0));
      run.control(defined(campaign("b"), 1));
      run.control(paced("a", 4, 900, 0));
      run.control(paced("a", 8, 950, 1));
      run.control(raw(TOPICS.campaigns(), 2, "b", null));
      run.control(defined(campaign("c"), 3));
      run.control(raw(TOPICS.campaigns(), 4, "c", null));
      run.lease("a");
      run.ask("u");
      Bid bid = run.bids().get(0);
      run.control(
          new RawRecord(
              TOPICS.outcomes(), 0, 0, NOW + 5, utf8("a"), OutcomeCodec.encode(win(bid))));
      before = run.incarnation();
      saved = run.harness.snapshot(1, NOW + 10);
    }
    try (Run run = new Run(ToldBroker.upTo(TOPICS, 4, 1), 0, saved)) {
      // All that there is was read before: it is warm without a record.
      run.ask("v");
      assertThat(run.noBids()).containsExactly(Reason.LEASE_EMPTY.label());
      assertThat(run.incarnation()).isNotEqualTo(before);
      run.lease("a");
      run.ask("u");
      assertThat(run.noBids())
          .containsExactly(Reason.LEASE_EMPTY.label(), Reason.FREQUENCY_CAPPED.label());
      run.ask("v");
      Bid bid = run.bids().get(0);
      assertThat(bid.campaign()).isEqualTo("a");
      assertThat(bid.multiplier()).isEqualTo(8);
      assertThat(bid.epoch()).isEqualTo(950);
    }
    try (Run run = new Run(ToldBroker.upTo(TOPICS, 5, 1), 0, saved)) {
      // One more definition was written since: it is waited for.
      run.ask("v");
      assertThat(run.noBids()).containsExactly(Reason.WARMING_UP.label());
      run.control(defined(campaign("d"), 5));
      run.ask("v");
      assertThat(run.noBids())
          .containsExactly(Reason.WARMING_UP.label(), Reason.LEASE_EMPTY.label());
    }
  }

  private static Outcome win(Bid bid) {
    return new Outcome(
        bid.id() + "-w",
        Outcome.Kind.WIN,
        bid.id(),
        bid.campaign(),
        NOW,
        bid.amountNanos(),
        0,
        Objects.requireNonNull(bid.userKey()));
  }
}
