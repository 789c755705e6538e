package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Records that can't be read, with their origin and the reason. The value is told as text where it
 * is text, else in Base64; of a very long one the beginning, the rest stays where it came from.
 */
public final class DeadLetterCodec {
  private static final int MOST_BYTES = 262_144;

  private DeadLetterCodec() {}

  /**
   * Where a dead letter came from.
   *
   * @param topic the topic it was read from
   * @param place partition and offset
   * @param reason why it can't be read
   */
  public record DeadLetter(String topic, RequestPlace place, String reason) {}

  /**
   * The dead letter of a record.
   *
   * @param topic the topic of dead letters
   */
  public static OutRecord record(String topic, RawRecord raw, String reason) {
    String origin = raw.topic() + "/" + raw.partition() + "/" + raw.offset();
    byte[] letter =
        Json.object(
            out -> {
              out.writeStringField("topic", raw.topic());
              out.writeNumberField("partition", raw.partition());
              out.writeNumberField("offset", raw.offset());
              out.writeNumberField("time", raw.timeMillis());
              out.writeStringField("reason", reason);
              byte[] value = raw.value();
              if (value != null) {
                out.writeNumberField("bytes", value.length);
              }
              writeBytes(out, "key", raw.key());
              writeBytes(out, "value", value);
            });
    return new OutRecord(topic, OutRecord.BY_KEY, origin.getBytes(StandardCharsets.UTF_8), letter);
  }

  private static void writeBytes(JsonGenerator out, String name, byte @Nullable [] bytes)
      throws IOException {
    if (bytes == null) {
      return;
    }
    boolean whole = bytes.length <= MOST_BYTES;
    String text = whole ? text(bytes) : null;
    if (text != null) {
      out.writeStringField(name, text);
    } else {
      byte[] beginning = whole ? bytes : Arrays.copyOf(bytes, MOST_BYTES);
      out.writeStringField(name + "_base64", Base64.getEncoder().encodeToString(beginning));
    }
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Reads origin and reason of a dead letter. */
  public static DeadLetter decode(byte @Nullable [] value) throws UnreadableRecord {
    JsonNode node = Json.parse(value);
    return new DeadLetter(
        Json.text(node, "topic"),
        new RequestPlace((int) Json.whole(node, "partition"), Json.whole(node, "offset")),
        node.path("reason").asText());
  }
}
