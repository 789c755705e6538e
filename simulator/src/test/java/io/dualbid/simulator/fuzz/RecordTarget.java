package io.dualbid.simulator.fuzz;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Impression;
import io.dualbid.stream.bidding.BidderControl;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.Decided;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.NoBidCodec;
import io.dualbid.stream.codec.OutcomeCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.PlacementCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.JournalRecordSerializer;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Every record that travels between the jobs: each is read or refused, survives the way between
 * tasks, and what bidders take in leaves them able to decide.
 *
 * <p>The first byte chooses the topic, the rest is the value.
 */
public final class RecordTarget {
  private static final Topics TOPICS = World.ENGINE.kafka().topics();

  /** What the first byte chooses from: {@code a} the first. */
  static final List<String> CHOICE =
      List.of(
          TOPICS.bids(),
          TOPICS.outcomes(),
          TOPICS.campaigns(),
          TOPICS.pacing(),
          TOPICS.leases(),
          TOPICS.noBids(),
          TOPICS.placements(),
          TOPICS.deadLetters());

  private static final JournalDecoder JOURNAL = new JournalDecoder(TOPICS);

  private RecordTarget() {}

  /** Reads one record. */
  public static void fuzzerTestOneInput(byte[] data) throws IOException, UnreadableRecord {
    if (data.length == 0) {
      return;
    }
    String topic = CHOICE.get(Math.floorMod(data[0] - 'a', CHOICE.size()));
    byte[] value = Arrays.copyOfRange(data, 1, data.length);
    RawRecord raw = World.record(topic, 5, "a", value);
    journal(raw);
    control(raw);
    try {
      LeaseCodec.encode(LeaseCodec.decode(value));
      PacingUpdateCodec.encode(PacingUpdateCodec.decode(value));
    } catch (UnreadableRecord e) {
      RequestTarget.requireLetter(raw, e.reason());
    }
    read(raw);
  }

  /** Decodes as the pacing job does, and sends what comes of it between tasks. */
  private static void journal(RawRecord raw) throws IOException, UnreadableRecord {
    JournalRecord record = JOURNAL.decode(raw);
    JournalDecoder.place(raw);
    DataOutputSerializer out = new DataOutputSerializer(1_024);
    JournalRecordSerializer.INSTANCE.serialize(record, out);
    JournalRecord again =
        JournalRecordSerializer.INSTANCE.deserialize(
            new DataInputDeserializer(out.getCopyOfBuffer()));
    if (record instanceof Unreadable unreadable) {
      RequestTarget.requireLetter(raw, unreadable.reason());
    } else if (!(record instanceof JournalRecord.Defined) && !record.equals(again)) {
      throw World.wrong("found " + again + " after " + record);
    }
    if (record instanceof Learned learned) {
      RawRecord written =
          World.record(TOPICS.outcomes(), 5, "a", OutcomeCodec.encode(learned.outcome()));
      if (!record.equals(JOURNAL.decode(written))) {
        throw World.wrong("found " + JOURNAL.decode(written) + " after " + record);
      }
    }
  }

  /** A bidder takes it in, and decides. */
  private static void control(RawRecord raw) throws UnreadableRecord {
    Bidder bidder = World.bidder();
    try {
      new BidderControl(TOPICS, bidder).apply(raw, World.NOW);
    } catch (UnreadableRecord e) {
      RequestTarget.requireLetter(raw, e.reason());
    }
    BidRequest request =
        new BidRequest(
            "r",
            World.NOW,
            100,
            true,
            false,
            "USD",
            true,
            List.of(),
            null,
            null,
            null,
            "u",
            List.of(),
            List.of(),
            List.of(),
            List.of(Impression.banner("1", 300, 250)));
    Answer answer = new Answer();
    bidder.decide(request, World.NOW, answer);
    for (int i = 0; i < answer.size(); i++) {
      answer.offer(i).toBid("r", 0, World.NOW);
    }
  }

  /** Readers of answers, such as the audit. */
  private static void read(RawRecord raw) {
    try {
      NoBidCodec.decode(raw.value());
      DeadLetterCodec.decode(raw.value());
    } catch (UnreadableRecord e) {
      requireReason(e);
    }
    try {
      Decided.of(raw);
    } catch (UnreadableRecord e) {
      requireReason(e);
    }
    try {
      PlacementCodec.decode(raw.value());
    } catch (UnreadableRecord e) {
      requireReason(e);
    }
  }

  private static void requireReason(UnreadableRecord e) {
    if (!e.reason().contains("accepted: ")) {
      throw World.wrong("a reason without a remedy: " + e.reason());
    }
  }
}
