package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.codec.Decided.Input;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.util.Arrays;

/**
 * Keeps count of what a bidding subtask does: its answers, and what it learned between them. Each
 * answer carries it, so that the journal alone tells from which multipliers, leases and wins a
 * decision was made, and anyone can make it again.
 *
 * <p>Records of one partition that follow each other are one span, so an answer tells a few spans
 * and mostly none. Allocates nothing but for growth. Not thread safe.
 *
 * @see Decided what is read back
 */
public final class AnswerOrder {
  private static final int STRIDE = 3;
  private static final int PARTITION = 0;
  private static final int FIRST = 1;
  private static final int LAST = 2;

  private final Topics topics;
  private final String incarnation;
  private final int subtask;
  private long number;
  private Input[] inputs = new Input[8];
  private long[] spans = new long[8 * STRIDE];
  private int count;

  /** The order of a subtask that has not answered yet. */
  public AnswerOrder(Topics topics, long incarnation, int subtask) {
    this.topics = topics;
    this.incarnation = Long.toHexString(incarnation);
    this.subtask = subtask;
  }

  /** Which subtask answers. */
  int subtask() {
    return subtask;
  }

  /** A record other than a request was taken in. */
  public void learned(RawRecord record) {
    learned(record.topic(), record.partition(), record.offset(), record.offset());
  }

  /** All records of a partition from one offset to another were. */
  public void learned(String topic, int partition, long first, long last) {
    Input input = Input.of(topics, topic);
    int end = count * STRIDE;
    if (count > 0
        && inputs[count - 1] == input
        && spans[end - STRIDE + PARTITION] == partition
        && spans[end - STRIDE + LAST] < first) {
      spans[end - STRIDE + LAST] = last;
      return;
    }
    if (count == inputs.length) {
      inputs = Arrays.copyOf(inputs, 2 * count);
      spans = Arrays.copyOf(spans, 2 * end);
    }
    inputs[count] = input;
    spans[end + PARTITION] = partition;
    spans[end + FIRST] = first;
    spans[end + LAST] = last;
    count++;
  }

  /** A request has been answered, with however many bids: the next answer begins. */
  public void answered() {
    number++;
    count = 0;
  }

  /** Writes the fields that {@link Decided#of} reads. */
  void write(JsonGenerator out, long decidedMillis) throws IOException {
    out.writeNumberField("subtask", subtask);
    out.writeNumberField("decided", decidedMillis);
    out.writeObjectFieldStart("order");
    out.writeStringField("incarnation", incarnation);
    out.writeNumberField("number", number);
    if (count > 0) {
      out.writeArrayFieldStart("learned");
      for (int i = 0; i < count; i++) {
        int at = i * STRIDE;
        out.writeStartArray();
        out.writeString(inputs[i].label());
        out.writeNumber(spans[at + PARTITION]);
        out.writeNumber(spans[at + FIRST]);
        out.writeNumber(spans[at + LAST]);
        out.writeEndArray();
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }
}
