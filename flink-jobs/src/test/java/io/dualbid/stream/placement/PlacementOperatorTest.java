package io.dualbid.stream.placement;

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

import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.ClickCounts;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Reason;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.PlacementCodec.Placement;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.kafka.ToldBroker;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The placement job's operator, alone, and what pacing makes of the clicks on its promises. */
class PlacementOperatorTest {
  private static final JournalDecoder JOURNAL = new JournalDecoder(TOPICS);
  private static final long UNIT = 1_000_000_000L;
  private static final long WINDOW = 30_000;

  /** One subtask in a harness. */
  private static final class Run implements AutoCloseable {
    final TwoInputStreamOperatorTestHarness<RawRecord, RawRecord, OutRecord> harness;
    private long requests;

    Run(ToldBroker broker) throws Exception {
      harness =
          new TwoInputStreamOperatorTestHarness<>(
              new PlacementOperator(ENGINE, broker, EmbedderSource.WORDS), 4, 2, 1);
      harness.setup(RecordType.OUT.createSerializer(new SerializerConfigImpl()));
      harness.setProcessingTime(NOW);
      harness.open();
    }

    void control(RawRecord raw) throws Exception {
      harness.processElement2(new StreamRecord<>(raw));
    }

    void ask(String request) throws Exception {
      harness.processElement1(
          new StreamRecord<>(
              raw(TOPICS.contentRequests(), requests++, "key", utf8(request.replace('\'', '"')))));
    }

    /** Two ads want one place. */
    void ask() throws Exception {
      ask(
          "{'id':'t"
              + requests
              + "','positions':1,'creatives':["
              + "{'campaign':'a','creative':'x','click_weight':[0.5]},"
              + "{'campaign':'b','creative':'y','click_weight':[0.5]}]}");
    }

    List<Placement> placements() throws Exception {
      List<Placement> placements = new ArrayList<>();
      for (OutRecord record : written(harness.getOutput(), TOPICS.placements())) {
        placements.add(PlacementCodec.decode(record.value()));
      }
      return placements;
    }

    List<Heartbeat> beats() {
      List<Heartbeat> beats = new ArrayList<>();
      for (OutRecord record : written(harness.getOutput(), TOPICS.outcomes())) {
        beats.add(((Beat) JOURNAL.decode(appended(record, 0, NOW))).heartbeat());
      }
      return beats;
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

  private static Campaign clicks(String id, long priceNanos) {
    return campaign(id).paying(new PerClick(priceNanos, WINDOW));
  }

  @Test
  void answersThatItIsWarmingUpAndTellsWhatItCannotRead() throws Exception {
    try (Run run = new Run(ToldBroker.upTo(TOPICS, 0, 0))) {
      run.ask();
      run.control(defined(clicks("a", UNIT / 2), 0));
      run.ask();
      run.control(paced("a", 1, 900, 0));
      run.ask();
      run.ask("{'id':'x','positions':1");
      run.ask("{'id':'y','positions':1}");
      assertThat(run.placements())
          .extracting(Placement::reason)
          .containsExactly(
              Reason.WARMING_UP.label(), Reason.WARMING_UP.label(), Reason.LEASE_EMPTY.label());
      List<DeadLetter> letters = letters(run.harness.getOutput());
      assertThat(letters)
          .extracting(DeadLetter::place)
          .containsExactly(new RequestPlace(0, 3), new RequestPlace(0, 4));
      assertThat(letters.get(1).reason()).contains("'creatives'");
      assertThat(letters.get(1).topic()).isEqualTo(TOPICS.contentRequests());
    }
  }

  /** A subtask that has nothing to place is made out no leases, so it is silent. */
  @Test
  void givesSignsOfLifeOnlyWhileThereAreRequests() throws Exception {
    try (Run run = new Run(ToldBroker.empty())) {
      run.harness.setProcessingTime(NOW + 1_000);
      assertThat(run.beats()).isEmpty();
      run.ask();
      run.harness.setProcessingTime(NOW + 1_100);
      assertThat(run.beats()).isNotEmpty();
      assertThat(run.beats()).allMatch(beat -> beat.subtask() == PlacementJob.FIRST_SUBTASK + 1);
      run.harness.setProcessingTime(NOW + 11_000);
      int before = run.beats().size();
      run.harness.setProcessingTime(NOW + 12_000);
      assertThat(run.beats()).hasSize(before);
    }
  }

  /** From the placement through the journal into the ledger: a click is charged what was asked. */
  @Test
  void promisesClicksThatPacingCharges() throws Exception {
    try (Run run = new Run(ToldBroker.empty())) {
      Campaign a = clicks("a", UNIT / 2);
      run.control(defined(a, 0));
      run.control(defined(clicks("b", UNIT * 2 / 5), 1));
      run.ask();
      run.harness.setProcessingTime(NOW + 100);
      long incarnation = run.beats().get(0).incarnation();

      Pacer pacer = new Pacer("a", ENGINE.pacing(), NOW, 0);
      List<Lease> leases = new ArrayList<>();
      List<PacingUpdate> updates = new ArrayList<>();
      Pacer.Output output = collecting(leases, updates);
      LivingSubtasks living = new LivingSubtasks();
      living.heard(run.beats().get(0), NOW + 100);
      pacer.define(a);
      pacer.tick(NOW + 100, living, output);
      Lease own = leases.get(0);
      assertThat(own.incarnation()).isEqualTo(incarnation);
      for (Lease lease :
          List.of(
              own,
              new Lease(
                  own.id(),
                  "b",
                  incarnation,
                  own.subtask(),
                  UNIT,
                  Lease.ANY_SLACK,
                  own.day(),
                  own.expiryMillis(),
                  true))) {
        run.control(raw(TOPICS.leases(), 0, lease.campaign(), LeaseCodec.encode(lease)));
      }
      run.ask();

      Placement placed = run.placements().get(1);
      assertThat(placed.reason()).isNull();
      OutRecord record =
          written(run.harness.getOutput(), TOPICS.bids()).stream()
              .filter(out -> JOURNAL.decode(appended(out, 0, NOW)) instanceof Issued)
              .findFirst()
              .orElseThrow();
      Bid bid = ((Issued) JOURNAL.decode(appended(record, 0, NOW + 120))).bid();
      assertThat(placed.ads()).extracting(ad -> ad.bid()).containsExactly(bid.id());
      assertThat(PlacementJob.isOurs(bid)).isTrue();
      ClickTerms terms = Objects.requireNonNull(bid.click());
      // The winner pays what the other would earn in its place.
      assertThat(terms.priceNanos()).isEqualTo(UNIT * 2 / 5);
      pacer.bid(bid, NOW + 120, 0);
      Outcome click =
          new Outcome(
              bid.id() + "-c", Outcome.Kind.CLICK, bid.id(), "a", NOW + 150, 0, 1, bid.userKey());
      for (int told = 0; told < 2; told++) {
        Learned learned =
            (Learned) JOURNAL.decode(raw(TOPICS.outcomes(), told, "a", OutcomeCodec.encode(click)));
        pacer.outcome(learned.outcome(), NOW + 160, told);
      }
      pacer.tick(NOW + 400, living, output);
      PacingUpdate last = updates.get(updates.size() - 1);
      assertThat(last.problem()).isNull();
      assertThat(last.ledger().spentNanos()).isEqualTo(terms.priceNanos());
      assertThat(last.totals().paidClicks()).isEqualTo(new ClickCounts(1, 0, 0, 0));
    }
  }

  private static Pacer.Output collecting(List<Lease> leases, List<PacingUpdate> updates) {
    return new Pacer.Output() {
      @Override
      public void pacing(PacingUpdate update) {
        updates.add(update);
      }

      @Override
      public void lease(Lease lease) {
        leases.add(lease);
      }

      @Override
      public void feedbackAge(double millis) {}
    };
  }
}
