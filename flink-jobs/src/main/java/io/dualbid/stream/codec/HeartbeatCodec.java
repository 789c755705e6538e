package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Heartbeat;

/** Signs of life of bidding subtasks, on the topics of bids and of outcomes. */
public final class HeartbeatCodec {
  /** The one field of a heartbeat, which no other record has. */
  static final String FIELD = "heartbeat";

  private HeartbeatCodec() {}

  /** A heartbeat as a record. */
  public static byte[] encode(Heartbeat heartbeat) {
    return Json.object(
        out -> {
          out.writeObjectFieldStart(FIELD);
          out.writeStringField("incarnation", Long.toHexString(heartbeat.incarnation()));
          out.writeNumberField("subtask", heartbeat.subtask());
          out.writeNumberField("time", heartbeat.timeMillis());
          out.writeEndObject();
        });
  }

  static boolean isHeartbeat(JsonNode node) {
    return node.has(FIELD);
  }

  static Heartbeat decode(JsonNode node) throws UnreadableRecord {
    JsonNode own = node.path(FIELD);
    Long incarnation = Json.bits(own, "incarnation");
    if (incarnation == null) {
      throw new UnreadableRecord("found no 'incarnation'; accepted: hexadecimal digits");
    }
    return new Heartbeat(incarnation, (int) Json.whole(own, "subtask"), Json.whole(own, "time"));
  }
}
