package io.dualbid.simulator.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Money;
import io.dualbid.simulator.operate.CampaignHistory;
import io.dualbid.simulator.operate.CampaignPublisher;
import io.dualbid.simulator.operate.CampaignVersion;
import io.dualbid.simulator.operate.Edit;
import io.dualbid.simulator.operate.Publication;
import io.dualbid.simulator.operate.Signature;
import io.dualbid.simulator.operate.VersionConflict;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What the page changes: a campaign is paused, resumed or given another budget by a version of its
 * definition with author and reason, published as {@link CampaignPublisher} publishes all of them.
 */
final class Changes {
  /** Length of a request's body. */
  static final int MOST_BYTES = 8_192;

  private static final int LONGEST_TEXT = 500;
  private static final int DECIMALS = 9;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EngineConfig engine;
  private final CampaignPublisher publisher;

  /** A value of the request is of no use. */
  private static final class WrongField extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Its name in the request. */
    private final String field;

    private WrongField(String field, String message, @Nullable Exception cause) {
      super(message, cause);
      this.field = field;
    }
  }

  Changes(EngineConfig engine) {
    this.engine = engine;
    publisher = new CampaignPublisher(engine, Clock.systemUTC());
  }

  /**
   * Makes the change that a request asks for: {@code {"action": "pause" | "resume" | "budget",
   * "budget": "650.00", "author": "anna", "reason": "…"}}.
   *
   * <p>Where a value is of no use, the answer names it beside what was found and what is accepted.
   *
   * @param body the request's body
   * @throws IllegalArgumentException if the request or the campaign doesn't allow it
   */
  void change(HttpServerExchange exchange, String campaign, byte[] body) {
    try {
      publish(exchange, campaign, read(body));
    } catch (WrongField e) {
      Replies.json(
          exchange,
          StatusCodes.BAD_REQUEST,
          Documents.object(
              out -> {
                out.writeStringField("problem", String.valueOf(e.getMessage()));
                out.writeStringField("field", e.field);
              }));
    }
  }

  private void publish(HttpServerExchange exchange, String campaign, JsonNode asked) {
    Edit edit = Edit.change(campaign, change(asked));
    Signature signature = new Signature(text(asked, "author"), text(asked, "reason"));
    try {
      Publication publication = publisher.publish(List.of(edit), signature);
      int version = publication.versions().isEmpty() ? 0 : publication.versions().get(0).number();
      Replies.json(
          exchange,
          200,
          Documents.object(
              out -> {
                out.writeStringField("campaign", campaign);
                out.writeNumberField("version", version);
              }));
    } catch (VersionConflict e) {
      Replies.problem(exchange, 409, String.valueOf(e.getMessage()));
    } catch (IllegalStateException | KafkaException e) {
      Replies.problem(exchange, 503, "it could not be published: " + e.getMessage());
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode asked = JSON.readTree(body);
      if (asked != null && asked.isObject()) {
        return asked;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("found no JSON; accepted: a JSON object", e);
    }
    throw new IllegalArgumentException("found no JSON object; accepted: one");
  }

  private static String text(JsonNode asked, String key) {
    String text = asked.path(key).asText().strip();
    if (text.isEmpty() || text.length() > LONGEST_TEXT) {
      throw new WrongField(
          key,
          "found no usable '" + key + "'; accepted: a text of 1 to " + LONGEST_TEXT + " characters",
          null);
    }
    return text;
  }

  private static UnaryOperator<Campaign> change(JsonNode asked) {
    String action = asked.path("action").asText();
    return switch (action) {
      case "pause" -> campaign -> campaign.with(Status.PAUSED);
      case "resume" -> campaign -> campaign.with(Status.ACTIVE);
      case "budget" -> {
        long nanos = budget(asked.path("budget").asText());
        yield campaign -> campaign.withBudget(nanos);
      }
      default ->
          throw new IllegalArgumentException(
              "found the action '" + action + "'; accepted: pause, resume or budget");
    };
  }

  private static long budget(String text) {
    try {
      BigDecimal units = new BigDecimal(text.strip());
      if (units.signum() > 0 && units.precision() - (long) units.scale() <= 10) {
        return units.movePointRight(DECIMALS).longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw noBudget(text, e);
    }
    throw noBudget(text, null);
  }

  private static WrongField noBudget(String text, @Nullable Exception cause) {
    return new WrongField(
        "budget",
        "found the budget '" + text + "'; accepted: an amount above 0 with at most 9 decimals",
        cause);
  }

  /** Tells the versions of a campaign, newest first. */
  void history(HttpServerExchange exchange, String campaign) {
    List<CampaignVersion> versions;
    try {
      versions = CampaignHistory.of(engine).of(campaign);
    } catch (IllegalStateException | KafkaException e) {
      Replies.problem(exchange, 503, "its history can't be read: " + e.getMessage());
      return;
    }
    Replies.json(
        exchange,
        200,
        Documents.object(
            out -> {
              out.writeArrayFieldStart("versions");
              for (int i = versions.size() - 1; i >= 0; i--) {
                CampaignVersion version = versions.get(i);
                Campaign definition = version.definition();
                out.writeStartObject();
                out.writeNumberField("version", version.number());
                out.writeNumberField("time", version.timeMillis());
                out.writeStringField("author", version.author());
                out.writeStringField("reason", version.reason());
                out.writeStringField(
                    "status",
                    definition == null
                        ? "withdrawn"
                        : definition.status().name().toLowerCase(Locale.ROOT));
                if (definition != null) {
                  out.writeStringField("budget", Money.format(definition.budgetNanos()));
                }
                out.writeEndObject();
              }
              out.writeEndArray();
            }));
  }
}
