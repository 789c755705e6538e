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
 * Records that can't be read, with their origin and the reason. Key and value are told as text
 * where they are text, else in Base64; of a very long one the beginning, the rest stays where it
 * came from. So a letter is never longer than half of what brokers take by default, whatever the
 * record: one that can't be written would stop the job that found it.
 */
public final class DeadLetterCodec {
  /** So much of a value is told. */
  static final int MOST_VALUE_BYTES = 262_144;

  /** So much of a key is. */
  static final int MOST_KEY_BYTES = 16_384;

  /** A byte of text that JSON escapes becomes as many. */
  private static final int ESCAPED_BYTES = 6;

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
              out.writeStringField("reason", UnreadableRecord.told(reason));
              byte[] value = raw.value();
              if (value != null) {
                out.writeNumberField("bytes", value.length);
              }
              byte[] key = raw.key();
              if (key != null && key.length > MOST_KEY_BYTES) {
                out.writeNumberField("key_bytes", key.length);
              }
              writeBytes(out, "key", key, MOST_KEY_BYTES);
              writeBytes(out, "value", value, MOST_VALUE_BYTES);
            });
    return new OutRecord(topic, OutRecord.BY_KEY, origin.getBytes(StandardCharsets.UTF_8), letter);
  }

  private static void writeBytes(JsonGenerator out, String name, byte @Nullable [] bytes, int most)
      throws IOException {
    if (bytes == null) {
      return;
    }
    boolean whole = bytes.length <= most;
    String text = whole && lengthEscaped(bytes) <= most + most / 3 ? text(bytes) : null;
    if (text != null) {
      out.writeStringField(name, text);
    } else {
      byte[] beginning = whole ? bytes : Arrays.copyOf(bytes, most);
      out.writeStringField(name + "_base64", Base64.getEncoder().encodeToString(beginning));
    }
  }

  /** How long a text becomes in JSON: Base64 makes it a third longer, escapes may do worse. */
  private static long lengthEscaped(byte[] text) {
    long length = 0;
    for (byte b : text) {
      if (b >= 0 && b < ' ') {
        length += ESCAPED_BYTES;
      } else {
        length += b == '"' || b == '\\' ? 2 : 1;
      }
    }
    return length;
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
