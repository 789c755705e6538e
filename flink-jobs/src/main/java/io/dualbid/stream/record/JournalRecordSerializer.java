package io.dualbid.stream.record;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.BidId;
import io.dualbid.core.model.ClickTerms;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.model.Outcome.Kind;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes a tag for the kind of record, then its fields in the order of their declaration. */
public final class JournalRecordSerializer extends BinarySerializer<JournalRecord> {
  private static final long serialVersionUID = 1L;

  /** It has no state. */
  public static final JournalRecordSerializer INSTANCE = new JournalRecordSerializer();

  private static final byte ISSUED = 1;
  private static final byte LEARNED = 2;
  private static final byte BEAT = 3;
  private static final byte DEFINED = 4;
  private static final byte UNREADABLE = 5;

  /** An outcome that tells more than the first form has room for; both are read. */
  private static final byte LEARNED_MORE = 6;

  /** A bid that pays by the click; the others keep their form. */
  private static final byte ISSUED_PER_CLICK = 7;

  @Override
  public JournalRecord createInstance() {
    return new Beat(new Heartbeat(0, 0, 0), 0, false);
  }

  @Override
  public void serialize(JournalRecord record, DataOutputView out) throws IOException {
    if (record instanceof Issued issued) {
      ClickTerms click = issued.bid().click();
      out.writeByte(click == null ? ISSUED : ISSUED_PER_CLICK);
      writeBid(issued.bid(), out);
      if (click != null) {
        out.writeLong(click.priceNanos());
        out.writeDouble(click.clickRate());
        out.writeLong(click.untilMillis());
      }
      out.writeLong(issued.offset());
      out.writeLong(issued.appendMillis());
    } else if (record instanceof Learned learned) {
      Outcome outcome = learned.outcome();
      boolean more = outcome.wonMillis() != Outcome.UNKNOWN || outcome.expectedValue() != 0;
      out.writeByte(more ? LEARNED_MORE : LEARNED);
      writeOutcome(outcome, out);
      if (more) {
        out.writeLong(outcome.wonMillis());
        out.writeDouble(outcome.expectedValue());
      }
      out.writeLong(learned.offset());
      out.writeLong(learned.appendMillis());
    } else if (record instanceof Beat beat) {
      out.writeByte(BEAT);
      out.writeLong(beat.heartbeat().incarnation());
      out.writeInt(beat.heartbeat().subtask());
      out.writeLong(beat.heartbeat().timeMillis());
      out.writeLong(beat.appendMillis());
      out.writeBoolean(beat.leading());
    } else if (record instanceof Defined defined) {
      out.writeByte(DEFINED);
      out.writeUTF(defined.campaign());
      RawRecordSerializer.INSTANCE.serialize(defined.raw(), out);
    } else if (record instanceof Unreadable unreadable) {
      out.writeByte(UNREADABLE);
      RawRecordSerializer.INSTANCE.serialize(unreadable.raw(), out);
      out.writeUTF(unreadable.reason());
    }
  }

  @Override
  public JournalRecord deserialize(DataInputView in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case ISSUED -> new Issued(readBid(in), in.readLong(), in.readLong());
      case ISSUED_PER_CLICK ->
          new Issued(
              readBid(in).paying(new ClickTerms(in.readLong(), in.readDouble(), in.readLong())),
              in.readLong(),
              in.readLong());
      case LEARNED -> new Learned(readOutcome(in, false), in.readLong(), in.readLong());
      case LEARNED_MORE -> new Learned(readOutcome(in, true), in.readLong(), in.readLong());
      case BEAT ->
          new Beat(
              new Heartbeat(in.readLong(), in.readInt(), in.readLong()),
              in.readLong(),
              in.readBoolean());
      case DEFINED -> new Defined(in.readUTF(), RawRecordSerializer.INSTANCE.deserialize(in));
      case UNREADABLE -> new Unreadable(RawRecordSerializer.INSTANCE.deserialize(in), in.readUTF());
      default -> throw new IOException("no journal record has the tag " + tag);
    };
  }

  private static void writeBid(Bid bid, DataOutputView out) throws IOException {
    out.writeLong(bid.id().high());
    out.writeLong(bid.id().low());
    out.writeUTF(bid.requestId());
    out.writeUTF(bid.impressionId());
    out.writeUTF(bid.campaign());
    out.writeUTF(bid.creative());
    out.writeLong(bid.amountNanos());
    out.writeLong(bid.leaseId());
    out.writeLong(bid.day());
    out.writeInt(bid.subtask());
    out.writeLong(bid.deadlineMillis());
    out.writeLong(bid.decidedMillis());
    out.writeLong(bid.epoch());
    out.writeDouble(bid.value());
    out.writeLong(bid.creditNanos());
    out.writeDouble(bid.multiplier());
    writeOptional(bid.userKey(), out);
  }

  private static Bid readBid(DataInputView in) throws IOException {
    return new Bid(
        new BidId(in.readLong(), in.readLong()),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        in.readLong(),
        in.readDouble(),
        readOptional(in));
  }

  private static void writeOutcome(Outcome outcome, DataOutputView out) throws IOException {
    out.writeUTF(outcome.id());
    out.writeUTF(outcome.kind().label());
    out.writeLong(outcome.bidId().high());
    out.writeLong(outcome.bidId().low());
    out.writeUTF(outcome.campaign());
    out.writeLong(outcome.timeMillis());
    out.writeLong(outcome.priceNanos());
    out.writeLong(outcome.minimumToWinNanos());
    out.writeDouble(outcome.value());
    writeOptional(outcome.userKey(), out);
  }

  private static Outcome readOutcome(DataInputView in, boolean more) throws IOException {
    return new Outcome(
        in.readUTF(),
        kind(in.readUTF()),
        new BidId(in.readLong(), in.readLong()),
        in.readUTF(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readDouble(),
        readOptional(in),
        more ? in.readLong() : Outcome.UNKNOWN,
        more ? in.readDouble() : 0);
  }

  private static Kind kind(String label) throws IOException {
    for (Kind kind : Kind.values()) {
      if (kind.label().equals(label)) {
        return kind;
      }
    }
    throw new IOException("no outcome is of the kind " + label);
  }

  private static void writeOptional(@Nullable Long value, DataOutputView out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeLong(value);
    }
  }

  private static @Nullable Long readOptional(DataInputView in) throws IOException {
    return in.readBoolean() ? in.readLong() : null;
  }

  @Override
  public TypeSerializerSnapshot<JournalRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that this serializer is its own successor. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<JournalRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
