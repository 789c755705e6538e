package io.dualbid.stream.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes topic, partition, offset, time, key and value, in this order. */
public final class RawRecordSerializer extends BinarySerializer<RawRecord> {
  private static final long serialVersionUID = 1L;

  /** It has no state. */
  public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

  @Override
  public RawRecord createInstance() {
    return new RawRecord("", 0, 0, 0, null, null);
  }

  @Override
  public void serialize(RawRecord record, DataOutputView out) throws IOException {
    out.writeUTF(record.topic());
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.timeMillis());
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
  }

  @Override
  public RawRecord deserialize(DataInputView in) throws IOException {
    return new RawRecord(
        in.readUTF(), in.readInt(), in.readLong(), in.readLong(), readBytes(in), readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that this serializer is its own successor. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
