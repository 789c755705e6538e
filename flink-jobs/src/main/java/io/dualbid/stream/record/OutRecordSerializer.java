package io.dualbid.stream.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes topic, partition, key and value, in this order. */
public final class OutRecordSerializer extends BinarySerializer<OutRecord> {
  private static final long serialVersionUID = 1L;

  /** It has no state. */
  public static final OutRecordSerializer INSTANCE = new OutRecordSerializer();

  @Override
  public OutRecord createInstance() {
    return new OutRecord("", OutRecord.BY_KEY, null, null);
  }

  @Override
  public void serialize(OutRecord record, DataOutputView out) throws IOException {
    out.writeUTF(record.topic());
    out.writeInt(record.partition());
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
  }

  @Override
  public OutRecord deserialize(DataInputView in) throws IOException {
    return new OutRecord(in.readUTF(), in.readInt(), readBytes(in), readBytes(in));
  }

  @Override
  public TypeSerializerSnapshot<OutRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that this serializer is its own successor. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutRecord> {
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
