package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dualbid.core.model.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON with bounds: nothing that arrives can take unbounded memory or stack. */
final class Json {
  /** Longest record that is read. */
  static final int MOST_BYTES = 1_048_576;

  /** Longest id that is kept. */
  static final int LONGEST_ID = 512;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(100)
                  .maxNameLength(1_000)
                  .maxStringLength(MOST_BYTES)
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Writes the fields of one object. */
  interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  /** An object with these fields, as bytes. */
  static byte[] object(Fields fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(512);
        JsonGenerator out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** Writes a number; null where it is none, since JSON has no words for infinity and the like. */
  static void writeNumber(JsonGenerator out, String key, double number) throws IOException {
    out.writeFieldName(key);
    writeNumber(out, number);
  }

  /** The same as an item of a list. */
  static void writeNumber(JsonGenerator out, double number) throws IOException {
    if (Double.isFinite(number)) {
      out.writeNumber(number);
    } else {
      out.writeNull();
    }
  }

  /** The object that a record holds. */
  static JsonNode parse(byte @Nullable [] value) throws UnreadableRecord {
    if (value == null) {
      throw new UnreadableRecord("found no value; accepted: a JSON object");
    }
    if (value.length > MOST_BYTES) {
      throw new UnreadableRecord(tooLong(value.length));
    }
    try {
      JsonNode node = MAPPER.readTree(value);
      if (!node.isObject()) {
        throw new UnreadableRecord("found no JSON object; accepted: a JSON object");
      }
      return node;
    } catch (IOException | NumberFormatException e) {
      throw new UnreadableRecord(reason(e));
    }
  }

  static String tooLong(int length) {
    return "found " + length + " bytes; accepted: at most " + MOST_BYTES;
  }

  /**
   * What is wrong, with its place, without the text around it.
   *
   * @param e what reading threw: an exception of input, or of a number whose exponent is beyond all
   *     decimals, which the parser doesn't make one of input
   */
  static String reason(Exception e) {
    if (e instanceof JsonProcessingException json) {
      var location = json.getLocation();
      String place = location == null ? "" : " at byte " + location.getByteOffset();
      return "found " + json.getOriginalMessage() + place + "; accepted: a JSON object";
    }
    return "found " + e.getMessage() + "; accepted: a JSON object";
  }

  /** The text at {@code key}, which must be there. */
  static String text(JsonNode node, String key) throws UnreadableRecord {
    JsonNode value = node.path(key);
    if (!value.isTextual() || !isId(value.asText())) {
      throw noId(key);
    }
    return value.asText();
  }

  /**
   * Whether a text can be an id: of {@link #LONGEST_ID} characters at most, and none that no bytes
   * stand for. JSON can name half a character by an escape; what is answered could not be written
   * then.
   */
  static boolean isId(@Nullable String text) {
    return text != null
        && !text.isEmpty()
        && text.length() <= LONGEST_ID
        && UnreadableRecord.isWhole(text);
  }

  static UnreadableRecord noId(String key) {
    return new UnreadableRecord(
        "found no usable '" + key + "'; accepted: a text of 1 to " + LONGEST_ID + " characters");
  }

  /** The whole number at {@code key}, which must be there. */
  static long whole(JsonNode node, String key) throws UnreadableRecord {
    JsonNode value = node.path(key);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new UnreadableRecord("found no usable '" + key + "'; accepted: a whole number");
    }
    return value.asLong();
  }

  /** The number at {@code key}, or another where it is absent. */
  static double number(JsonNode node, String key, double otherwise) throws UnreadableRecord {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber() || Double.isInfinite(value.asDouble())) {
      throw new UnreadableRecord("found no usable '" + key + "'; accepted: a number");
    }
    return value.asDouble();
  }

  /**
   * A value in account currency at {@code key}, or 0 where it is absent.
   *
   * @throws UnreadableRecord if it is beyond ± {@link Outcome#MOST_VALUE}
   */
  static double value(JsonNode node, String key) throws UnreadableRecord {
    double value = number(node, key, 0);
    if (Math.abs(value) > Outcome.MOST_VALUE) {
      throw new UnreadableRecord(
          "found a '"
              + key
              + "' of "
              + value
              + "; accepted: at most a billion, or a minus billion");
    }
    return value;
  }

  /** 64 bits written as hexadecimal text, or null where they are absent. */
  static @Nullable Long bits(JsonNode node, String key) throws UnreadableRecord {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    try {
      return Long.parseUnsignedLong(value.asText(), 16);
    } catch (NumberFormatException e) {
      throw new UnreadableRecord(
          "found no usable '" + key + "'; accepted: at most 16 hexadecimal digits");
    }
  }
}
