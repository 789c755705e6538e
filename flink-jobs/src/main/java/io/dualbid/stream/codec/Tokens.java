package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a stream of JSON tokens, whatever their type. Each method begins at the first
 * token of a value and ends at its last; what has the wrong type is skipped.
 */
final class Tokens {
  /** Most items that are kept of a list: candidates are held against each of them. */
  private static final int MOST_ITEMS = 10_000;

  private Tokens() {}

  /** Takes the value of a field and reads or skips it. */
  interface FieldReader {
    void read(String name, JsonParser in) throws IOException;
  }

  /** Takes an object and reads or skips it. */
  interface ObjectReader {
    void read(JsonParser in) throws IOException;
  }

  /** Goes through the fields of the object that has just begun. */
  static void eachField(JsonParser in, FieldReader reader) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      reader.read(name, in);
    }
  }

  /** Goes through the fields of a value, if it is an object. */
  static void eachFieldOfObject(JsonParser in, FieldReader reader) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      eachField(in, reader);
    } else {
      in.skipChildren();
    }
  }

  /** Goes through the objects of a list. */
  static void eachObject(JsonParser in, ObjectReader reader) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    for (JsonToken token = in.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = in.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        reader.read(in);
      } else {
        in.skipChildren();
      }
    }
  }

  /** A text or a number as text, or null. */
  static @Nullable String text(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())) {
      return in.getText();
    }
    in.skipChildren();
    return null;
  }

  /** Adds the texts of a list to {@code target}. */
  static void texts(JsonParser in, List<String> target) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    for (JsonToken token = in.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = in.nextToken()) {
      String text = text(in);
      if (text != null) {
        requireRoom(in, target);
        target.add(text);
      }
    }
  }

  /** Adds the whole numbers of a list to {@code target}. */
  static void wholes(JsonParser in, List<Integer> target) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return;
    }
    for (JsonToken token = in.nextToken();
        token != JsonToken.END_ARRAY && token != null;
        token = in.nextToken()) {
      long number = whole(in, Long.MIN_VALUE);
      if (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
        requireRoom(in, target);
        target.add((int) number);
      }
    }
  }

  /** Refuses to go on where a list has as many items as are ever kept. */
  static void requireRoom(JsonParser in, Collection<?> target) throws IOException {
    if (target.size() == MOST_ITEMS) {
      throw new JsonParseException(in, "more than " + MOST_ITEMS + " items of a list");
    }
  }

  /** A whole number, as number or as text; {@code otherwise} for anything else. */
  static long whole(JsonParser in, long otherwise) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
      return in.getValueAsLong(otherwise);
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      return (long) in.getDoubleValue();
    }
    in.skipChildren();
    return otherwise;
  }

  /** A whole number within the range of {@code int}, cut to it; {@code otherwise} if it is none. */
  static int small(JsonParser in, int otherwise) throws IOException {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, whole(in, otherwise)));
  }

  /** A decimal number, or null. */
  static @Nullable BigDecimal decimal(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token != null && token.isNumeric()) {
      return in.getDecimalValue();
    }
    if (token == JsonToken.VALUE_STRING) {
      try {
        return in.getTextLength() > 40 ? null : new BigDecimal(in.getText().trim());
      } catch (NumberFormatException e) {
        return null;
      }
    }
    in.skipChildren();
    return null;
  }

  /** A number, or NaN. */
  static double number(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token != null && token.isNumeric()) {
      return in.getDoubleValue();
    }
    BigDecimal decimal = decimal(in);
    return decimal == null ? Double.NaN : decimal.doubleValue();
  }
}
