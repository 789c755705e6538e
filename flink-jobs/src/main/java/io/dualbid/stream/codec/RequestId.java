package io.dualbid.stream.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The id of a request, read without the rest: what it takes to put a request aside. */
public final class RequestId {
  private RequestId() {}

  /**
   * The id of a request of any kind. Reading ends there, which mostly is at the first field; what
   * comes after it is not looked at.
   *
   * @param value the bytes of the record
   * @throws UnreadableRecord if no id can be found
   */
  public static String of(byte @Nullable [] value) throws UnreadableRecord {
    if (value == null) {
      throw new UnreadableRecord("found no value; accepted: a request");
    }
    if (value.length > Json.MOST_BYTES) {
      throw new UnreadableRecord(Json.tooLong(value.length));
    }
    try (JsonParser in = Json.FACTORY.createParser(value)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableRecord("found no JSON object; accepted: a request");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean here = in.currentName().equals("id");
        in.nextToken();
        if (here) {
          return id(in);
        }
        in.skipChildren();
      }
    } catch (IOException | NumberFormatException e) {
      throw new UnreadableRecord(Json.reason(e));
    }
    throw Json.noId("id");
  }

  private static String id(JsonParser in) throws IOException, UnreadableRecord {
    String id = Tokens.text(in);
    if (id == null || !Json.isId(id)) {
      throw Json.noId("id");
    }
    return id;
  }
}
