package io.dualbid.stream;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A record that is small on the wire and huge once it is inflated. It is made and sent without a
 * producer, which would have to hold it whole.
 */
final class InflatingRecord {
  private static final short VERSION = 9;
  private static final int CHUNK = 1 << 16;
  private static final int TIMEOUT_MILLIS = 60_000;

  private InflatingRecord() {}

  /**
   * A batch with one record, whose value is so many zeros, in Zstandard.
   *
   * @param valueBytes up to some 2,000,000,000
   */
  static MemoryRecords batch(int valueBytes) throws IOException {
    ByteBufferOutputStream bytes = new ByteBufferOutputStream(1 << 20);
    bytes.position(DefaultRecordBatch.RECORD_BATCH_OVERHEAD);
    try (OutputStream zipped =
        Compression.zstd().build().wrapForOutput(bytes, RecordBatch.CURRENT_MAGIC_VALUE)) {
      DataOutputStream out = new DataOutputStream(zipped);
      // Attributes, differences of time and offset, a key of one byte; then the value; no headers.
      int body = 5 + ByteUtils.sizeOfVarint(valueBytes) + valueBytes + 1;
      ByteUtils.writeVarint(body, out);
      out.writeByte(0);
      ByteUtils.writeVarlong(0, out);
      ByteUtils.writeVarint(0, out);
      ByteUtils.writeVarint(1, out);
      out.writeByte('k');
      ByteUtils.writeVarint(valueBytes, out);
      byte[] zeros = new byte[CHUNK];
      for (int left = valueBytes; left > 0; left -= CHUNK) {
        out.write(zeros, 0, Math.min(CHUNK, left));
      }
      ByteUtils.writeVarint(0, out);
    }
    ByteBuffer buffer = bytes.buffer();
    int size = buffer.position();
    buffer.flip();
    long now = System.currentTimeMillis();
    DefaultRecordBatch.writeHeader(
        buffer,
        0,
        0,
        size,
        RecordBatch.CURRENT_MAGIC_VALUE,
        CompressionType.ZSTD,
        TimestampType.CREATE_TIME,
        now,
        now,
        RecordBatch.NO_PRODUCER_ID,
        RecordBatch.NO_PRODUCER_EPOCH,
        RecordBatch.NO_SEQUENCE,
        false,
        false,
        false,
        RecordBatch.NO_PARTITION_LEADER_EPOCH,
        1);
    buffer.position(0);
    return MemoryRecords.readableRecords(buffer);
  }

  /** Asks a broker to append a batch to partition 0 of a topic, and says what it answers. */
  static Errors append(String bootstrap, String topic, MemoryRecords batch) throws IOException {
    ProduceRequestData.PartitionProduceData partition =
        new ProduceRequestData.PartitionProduceData().setIndex(0).setRecords(batch);
    ProduceRequestData.TopicProduceData data = new ProduceRequestData.TopicProduceData();
    data.setName(topic).partitionData().add(partition);
    ProduceRequestData request =
        new ProduceRequestData().setAcks((short) -1).setTimeoutMs(TIMEOUT_MILLIS);
    request.topicData().add(data);
    RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "hostile", 1);
    ByteBuffer bytes = new ProduceRequest(request, VERSION).serializeWithHeader(header);
    int colon = bootstrap.lastIndexOf(':');
    try (Socket socket =
        new Socket(
            bootstrap.substring(0, colon), Integer.parseInt(bootstrap.substring(colon + 1)))) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(bytes.remaining());
      out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = in.readNBytes(in.readInt());
      ProduceResponse response =
          (ProduceResponse) AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
      return Errors.forCode(
          response.data().responses().iterator().next().partitionResponses().get(0).errorCode());
    }
  }
}
