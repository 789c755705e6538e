package io.dualbid.simulator.console;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.Explainer.Opinion;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.Reason;
import io.dualbid.simulator.console.CampaignView.Snapshot;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.record.RawRecord;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;

/**
 * What a campaign makes of the last requests that were looked at, one by one: value, multiplier,
 * bid and score, or why it is out. As if it were alone; what all campaigns made of a request when
 * it was decided, {@code dualbid explain --journal} tells.
 */
final class Explanations {
  private static final double CPM_NANOS = 1e6;

  private final EngineConfig engine;
  private final Board board;
  private final NewestRequests newest;

  Explanations(EngineConfig engine, Board board, NewestRequests newest) {
    this.engine = engine;
    this.board = board;
    this.newest = newest;
  }

  /** Answers what is asked of a campaign. */
  void explain(HttpServerExchange exchange, String id) {
    CampaignView view = board.find(id);
    Snapshot snapshot = view == null ? null : view.snapshot();
    Campaign campaign = snapshot == null ? null : snapshot.definition();
    if (snapshot == null || campaign == null) {
      Replies.problem(exchange, 404, "found no campaign '" + id + "'");
      return;
    }
    List<RawRecord> records = newest.recent();
    BidRequestDecoder decoder =
        new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis());
    Replies.json(
        exchange,
        200,
        Documents.object(
            out -> {
              out.writeArrayFieldStart("requests");
              for (RawRecord record : records) {
                try {
                  BidRequest request = decoder.decode(record.value(), record.timeMillis());
                  write(out, request, opinions(campaign, snapshot, request));
                } catch (UnreadableRecord e) {
                  // No campaign has had a say; the dead letters tell of it.
                }
              }
              out.writeEndArray();
            }));
  }

  private List<Opinion> opinions(Campaign campaign, Snapshot snapshot, BidRequest request) {
    return LoneBidder.of(engine, campaign, snapshot.update(), request.timeMillis())
        .opinions(request, request.timeMillis());
  }

  private static void write(JsonGenerator out, BidRequest request, List<Opinion> opinions)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("id", request.id());
    out.writeNumberField("time", request.timeMillis());
    out.writeArrayFieldStart("impressions");
    for (Opinion opinion : opinions) {
      Reason reason = opinion.reason();
      Multipliers multipliers = opinion.multipliers();
      out.writeStartObject();
      out.writeStringField("id", opinion.impression());
      out.writeNumberField("value", opinion.value());
      if (multipliers != null) {
        out.writeNumberField("multiplier", multipliers.budget());
      }
      out.writeNumberField("bid_cpm", opinion.bidNanos() / CPM_NANOS);
      out.writeNumberField("score_cpm", opinion.score() / CPM_NANOS);
      if (reason != null) {
        out.writeStringField("reason", reason.label());
      }
      if (opinion.unmet() != null) {
        out.writeStringField("unmet", opinion.unmet());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
