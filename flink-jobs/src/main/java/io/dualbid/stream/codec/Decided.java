package io.dualbid.stream.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.stream.record.RawRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When and after what an answer was decided, as the answer itself tells.
 *
 * @param incarnation the run of the subtask
 * @param subtask which subtask
 * @param number of the answer in this run, from 0, each one more than the one before; bids on
 *     several impressions of one request have the same
 * @param decidedMillis the subtask's clock
 * @param request where the request stands
 * @param learned what it took in since the answer before, in this order
 */
public record Decided(
    long incarnation,
    int subtask,
    long number,
    long decidedMillis,
    RequestPlace request,
    List<Span> learned) {
  public Decided {
    learned = List.copyOf(learned);
  }

  /** What a bidding subtask learns from. */
  public enum Input {
    CAMPAIGNS,
    PACING,
    LEASES,
    OUTCOMES;

    private static final Input[] ALL = values();

    /** Its name in records. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The topic of an engine. */
    public String topic(Topics topics) {
      return switch (this) {
        case CAMPAIGNS -> topics.campaigns();
        case PACING -> topics.pacing();
        case LEASES -> topics.leases();
        case OUTCOMES -> topics.outcomes();
      };
    }

    static Input of(Topics topics, String topic) {
      for (Input input : ALL) {
        if (input.topic(topics).equals(topic)) {
          return input;
        }
      }
      throw new IllegalArgumentException("bidders don't learn from the topic " + topic);
    }

    private static @Nullable Input named(String label) {
      for (Input input : ALL) {
        if (input.label().equals(label)) {
          return input;
        }
      }
      return null;
    }
  }

  /**
   * Records of one partition, one after the other.
   *
   * @param first offset of the first
   * @param last offset of the last
   */
  public record Span(Input input, int partition, long first, long last) {}

  /**
   * Reads it from a bid or a no-bid.
   *
   * @throws UnreadableRecord if the record is no answer, or one of a version that didn't tell
   */
  public static Decided of(RawRecord answer) throws UnreadableRecord {
    JsonNode response = Json.parse(answer.value());
    JsonNode own = response.path("ext").path("dualbid");
    if (own.isMissingNode()) {
      own = response.path("seatbid").path(0).path("bid").path(0).path("ext").path("dualbid");
    }
    JsonNode order = own.path("order");
    Long incarnation = Json.bits(order, "incarnation");
    if (incarnation == null) {
      throw new UnreadableRecord("found no 'order'; accepted: answers that tell their order");
    }
    List<Span> learned = new ArrayList<>();
    for (JsonNode span : order.path("learned")) {
      Input input = Input.named(span.path(0).asText());
      if (input == null) {
        throw new UnreadableRecord(
            "found '"
                + span.path(0).asText()
                + "' learned; accepted: campaigns, pacing, leases,"
                + " outcomes");
      }
      learned.add(
          new Span(input, span.path(1).asInt(), span.path(2).asLong(), span.path(3).asLong()));
    }
    return new Decided(
        incarnation,
        (int) Json.whole(own, "subtask"),
        Json.whole(order, "number"),
        Json.whole(own, "decided"),
        BidCodec.placeWithin(own),
        learned);
  }
}
