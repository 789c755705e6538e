package io.dualbid.stream.pacing;

import static io.dualbid.stream.Records.ENGINE;
import static io.dualbid.stream.Records.NOW;
import static io.dualbid.stream.Records.TOPICS;
import static io.dualbid.stream.Records.campaign;
import static io.dualbid.stream.Records.defined;
import static io.dualbid.stream.Records.letters;
import static io.dualbid.stream.Records.raw;
import static io.dualbid.stream.Records.utf8;
import static io.dualbid.stream.Records.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.stream.codec.DeadLetterCodec.DeadLetter;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.kafka.ToldBroker;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import io.dualbid.stream.record.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pacing job's operator, alone: dead letters of definitions, and what is saved of pacers. */
class PacingOperatorTest {
  /** Leases of a life before may be spent until then. */
  private static final long OPEN = ENGINE.pacing().recoverUntilMillis(NOW);

  /** One subtask in a harness; its event time is told step by step. */
  private static final class Run implements AutoCloseable {
    final KeyedTwoInputStreamOperatorTestHarness<String, JournalRecord, JournalRecord, OutRecord>
        harness;

    Run(ToldBroker broker, @Nullable OperatorSubtaskState saved) throws Exception {
      harness =
          new KeyedTwoInputStreamOperatorTestHarness<>(
              new PacingOperator(ENGINE, broker),
              JournalRecord::campaign,
              JournalRecord::campaign,
              Types.STRING,
              4,
              1,
              0);
      harness.setup(RecordType.OUT.createSerializer(new SerializerConfigImpl()));
      harness.setProcessingTime(NOW);
      if (saved != null) {
        harness.initializeState(saved);
      }
      harness.open();
    }

    void record(JournalRecord record) throws Exception {
      harness.processElement1(new StreamRecord<>(record));
    }

    void define(RawRecord raw) throws Exception {
      byte[] key = Objects.requireNonNull(raw.key());
      record(new Defined(new String(key, StandardCharsets.UTF_8), raw));
    }

    void play(long from, long to) throws Exception {
      for (long time = from; time < to; time += 20) {
        harness.processElement2(
            new StreamRecord<>(new Beat(new Heartbeat(7, 0, time), time, true)));
        harness.processBothWatermarks(new org.apache.flink.streaming.api.watermark.Watermark(time));
      }
    }

    List<PacingUpdate> updates() throws Exception {
      List<PacingUpdate> updates = new ArrayList<>();
      for (OutRecord record : written(harness.getOutput(), TOPICS.pacing())) {
        updates.add(PacingUpdateCodec.decode(record.value()));
      }
      return updates;
    }

    PacingUpdate last() throws Exception {
      List<PacingUpdate> updates = updates();
      return updates.get(updates.size() - 1);
    }

    List<Lease> leases() throws Exception {
      List<Lease> leases = new ArrayList<>();
      var side = harness.getSideOutput(PacingOperator.LEASES);
      if (side != null) {
        for (StreamRecord<OutRecord> record : side) {
          assertThat(record.getValue().topic()).isEqualTo(TOPICS.leases());
          leases.add(LeaseCodec.decode(record.getValue().value()));
        }
      }
      return leases;
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

  private static Bid bid(String request, Lease lease, long time) {
    return new Bid(
        BidId.of(request, "1"),
        request,
        "1",
        lease.campaign(),
        "square",
        4_000_000,
        lease.id(),
        lease.day(),
        0,
        time + 200,
        time,
        1,
        0.01,
        1.0,
        null);
  }

  private static Learned win(Bid bid, long price, long time) {
    return new Learned(
        new Outcome(
            bid.id() + "-w", Outcome.Kind.WIN, bid.id(), bid.campaign(), time, price, 0, null),
        1,
        time);
  }

  @Test
  void tellsDefinitionsThatItCannotUseAndKeepsTheOneBefore() throws Exception {
    try (Run run = new Run(ToldBroker.empty(), null)) {
      run.define(defined(campaign("a"), 0));
      run.play(NOW, NOW + 200);
      run.define(raw(TOPICS.campaigns(), 1, "a", utf8("{\"id\":\"a\"}")));
      run.define(raw(TOPICS.campaigns(), 2, "b", defined(campaign("a"), 0).value()));
      run.define(raw(TOPICS.campaigns(), 3, "c", utf8("no JSON")));
      run.play(NOW + 200, NOW + 400);
      List<DeadLetter> letters = letters(run.harness.getOutput());
      assertThat(letters)
          .extracting(DeadLetter::place)
          .containsExactly(new RequestPlace(0, 1), new RequestPlace(0, 2), new RequestPlace(0, 3));
      assertThat(letters)
          .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo(TOPICS.campaigns()));
      assertThat(letters.get(1).reason()).contains("found the id a");
      assertThat(run.updates()).isNotEmpty().allMatch(update -> update.campaign().equals("a"));
      assertThat(run.last().state()).isEqualTo(State.ACTIVE);
      run.define(raw(TOPICS.campaigns(), 4, "a", null));
      run.play(NOW + 400, NOW + 600);
      assertThat(run.last().state()).isEqualTo(State.ENDED);
    }
  }

  @Test
  void goesOnFromWhatItSaved() throws Exception {
    OperatorSubtaskState saved;
    Bid open;
    PacingUpdate before;
    List<Lease> leases;
    try (Run run = new Run(ToldBroker.withLeases(), null)) {
      run.define(defined(campaign("a"), 0));
      run.define(defined(campaign("b"), 1));
      run.play(NOW, OPEN);
      // A life before this one may have made out leases; for so long there are none.
      assertThat(run.leases()).isEmpty();
      run.play(OPEN, OPEN + 700);
      leases = run.leases();
      assertThat(leases).extracting(Lease::campaign).contains("a", "b");
      Lease lease =
          leases.stream().filter(own -> own.campaign().equals("a")).findFirst().orElseThrow();
      Bid won = bid("r", lease, OPEN + 700);
      run.record(new Issued(won, 0, OPEN + 705));
      run.record(win(won, 3_000_000, OPEN + 710));
      open = bid("s", lease, OPEN + 710);
      run.record(new Issued(open, 1, OPEN + 715));
      run.play(OPEN + 720, OPEN + 900);
      before =
          run.updates().stream()
              .filter(u -> u.campaign().equals("a"))
              .reduce((x, y) -> y)
              .orElseThrow();
      assertThat(before.ledger().spentNanos()).isEqualTo(3_000_000);
      assertThat(before.ledger().reservedNanos()).isEqualTo(4_000_000);
      saved = run.harness.snapshot(1, OPEN + 900);
    }
    try (Run run = new Run(ToldBroker.withLeases(), saved)) {
      // Told again without another word; leases that end are followed by others, under new ids.
      run.play(OPEN + 900, OPEN + 2_900);
      assertThat(run.updates()).extracting(PacingUpdate::campaign).contains("a", "b");
      assertThat(run.leases()).isNotEmpty();
      assertThat(run.leases())
          .extracting(Lease::id)
          .doesNotContainAnyElementsOf(leases.stream().map(Lease::id).toList());
      // Read once more, as after a restart.
      run.record(new Issued(open, 1, OPEN + 715));
      run.record(win(open, 1_000_000, OPEN + 2_900));
      run.play(OPEN + 2_900, OPEN + 3_300);
      PacingUpdate after =
          run.updates().stream()
              .filter(u -> u.campaign().equals("a"))
              .reduce((x, y) -> y)
              .orElseThrow();
      assertThat(after.problem()).isNull();
      assertThat(after.ledger().spentNanos()).isEqualTo(4_000_000);
      assertThat(after.ledger().reservedNanos()).isZero();
      assertThat(after.totals().bids()).isEqualTo(2);
      assertThat(after.totals().duplicateBids()).isEqualTo(1);
      assertThat(after.totals().wins()).isEqualTo(2);
    }
  }

  /** Records of a campaign that nobody defined leave nothing behind. */
  @Test
  void forgetsACampaignOfWhichNothingCameToAnything() throws Exception {
    try (Run run = new Run(ToldBroker.empty(), null)) {
      Bid unknown = bid("r", new Lease(1, "x", 7, 0, 1_000, 0, NOW), NOW);
      run.record(win(unknown, 5, NOW));
      run.play(NOW, NOW + 1_000);
      OperatorSubtaskState saved = run.harness.snapshot(1, NOW + 1_000);
      assertThat(saved.getManagedKeyedState()).allMatch(handle -> handle.getStateSize() < 1_000);
      assertThat(run.updates()).isEmpty();
    }
  }
}
