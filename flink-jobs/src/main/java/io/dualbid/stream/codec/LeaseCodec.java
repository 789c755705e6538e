package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Lease;
import org.jspecify.annotations.Nullable;

/** Leases. */
public final class LeaseCodec {
  private LeaseCodec() {}

  /** A lease as a record. */
  public static byte[] encode(Lease lease) {
    return Json.object(
        out -> {
          out.writeNumberField("lease", lease.id());
          out.writeStringField("campaign", lease.campaign());
          out.writeStringField("incarnation", Long.toHexString(lease.incarnation()));
          out.writeNumberField("subtask", lease.subtask());
          out.writeNumberField("amount_nanos", lease.amountNanos());
          if (lease.slackNanos() != Lease.ANY_SLACK) {
            out.writeNumberField("slack_nanos", lease.slackNanos());
          }
          out.writeNumberField("day", lease.day());
          out.writeNumberField("expiry", lease.expiryMillis());
          if (lease.perClick()) {
            out.writeBooleanField("per_click", true);
          }
        });
  }

  /** Reads a lease. */
  public static Lease decode(byte @Nullable [] value) throws UnreadableRecord {
    JsonNode node = Json.parse(value);
    Long incarnation = Json.bits(node, "incarnation");
    try {
      return new Lease(
          Json.whole(node, "lease"),
          Json.text(node, "campaign"),
          incarnation == null ? 0 : incarnation,
          (int) Json.whole(node, "subtask"),
          Json.whole(node, "amount_nanos"),
          node.path("slack_nanos").asLong(Lease.ANY_SLACK),
          Json.whole(node, "day"),
          Json.whole(node, "expiry"),
          node.path("per_click").asBoolean(false));
    } catch (IllegalArgumentException e) {
      throw new UnreadableRecord("found that " + e.getMessage() + "; accepted: a lease");
    }
  }
}
