package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.engine.Explainer;
import io.dualbid.core.engine.Explainer.Opinion;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.Reason;
import io.dualbid.simulator.allocation.AllocationExplanation;
import io.dualbid.simulator.play.Summary;
import io.dualbid.stream.codec.BidRequestDecoder;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.codec.UnreadableRecord;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One request, and what each campaign made of it. */
@Command(
    name = "explain",
    description = {
      "Tells of one OpenRTB request what each campaign makes of it: value, multipliers, bid and score,"
          + " or why it is out. Of several bids on an impression the highest score is offered.",
      "Money is taken to be at hand, and no user to have seen anything yet.",
      "With --journal, a request as it was decided then: with the multipliers, the leases and the"
          + " counts of impressions of that moment.",
      "With --log, one arrival of an allocation log: each campaign's probability of success, load,"
          + " discount and key, or why it is out, after a policy has played all arrivals before.",
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: dualbid explain --campaigns config/campaigns.yaml --request request.json"
          + " --at 2026-03-02T12:00:00Z",
      "Example: dualbid explain --journal localhost:9092 --request-id r-81723",
    })
final class ExplainCommand implements Callable<Integer> {
  @Option(
      names = "--campaigns",
      paramLabel = "FILE",
      description = "Campaigns (YAML); with --log, for their budgets.")
  private @Nullable Path campaigns;

  @Option(
      names = "--request",
      paramLabel = "FILE",
      description = "An OpenRTB 2.6 bid request (JSON).")
  private @Nullable Path request;

  @Mixin private ArrivalOptions arrival = new ArrivalOptions();

  @Option(
      names = "--pacing",
      paramLabel = "FILE",
      description = "Multipliers: records of the pacing topic, one a line; without it the starts.")
  private @Nullable Path pacing;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Engine settings (YAML): currencies, seat, ranking spread.")
  private @Nullable Path config;

  @Option(
      names = "--at",
      converter = Moments.class,
      paramLabel = "TIME",
      description = "When the request is decided, as 2026-03-02T12:00:00Z (default: now).")
  private @Nullable Instant at;

  @Option(
      names = "--journal",
      paramLabel = "SOURCE",
      description =
          "Explain a request as it was decided: a file that 'dualbid journal' wrote, or HOST:PORT of"
              + " brokers (with --config for their settings).")
  private @Nullable String journal;

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "The request of the journal, by its id.")
  private @Nullable String requestId;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (arrival.isMeant()) {
      if (request != null || pacing != null || config != null || at != null) {
        throw new WrongInput(
            "--log: found besides options of a request; accepted: --arrival, --policy, --seed,"
                + " --feedback-delay, --campaigns");
      }
      AllocationExplanation explanation = arrival.explain(campaigns);
      System.out.print(json ? Summary.text(explanation.json()) + "\n" : explanation.text());
      System.out.flush();
      return 0;
    }
    String source = journal;
    String id = requestId;
    if (source != null || id != null) {
      if (source == null || id == null || request != null || campaigns != null) {
        throw new WrongInput(
            "--journal: found without --request-id, or besides --request or --campaigns; accepted:"
                + " --journal and --request-id, and nothing of the others but --config");
      }
      return JournalExplanation.of(source, config, id, json);
    }
    Path file = campaigns;
    Path asking = request;
    if (file == null || asking == null) {
      throw new WrongInput(
          (file == null ? "--campaigns" : "--request")
              + ": found nothing; accepted: --campaigns and --request, or --log and --arrival");
    }
    return request(file, asking);
  }

  private int request(Path file, Path asking) throws IOException {
    Path settings = config;
    EngineConfig engine =
        settings == null ? EngineFile.at("localhost:9092") : EngineFile.read(settings);
    Instant moment = at;
    long now = moment == null ? System.currentTimeMillis() : moment.toEpochMilli();
    BidRequest asked = decoded(asking, engine, now);
    BidderConfig bidder =
        new BidderConfig(
            true,
            engine.pacing().clockSkewMillis(),
            engine.pacing().leaseLifetimeMillis(),
            engine.bidding().rankingSpread());
    List<Opinion> opinions =
        new Explainer(
                bidder, Configurations.campaigns(file.toString(), TextFile.read(file)), updates())
            .explain(asked, now);
    if (json) {
      System.out.println(Summary.text(document(asked, opinions)));
    } else {
      print(asked, opinions);
    }
    return 0;
  }

  private static BidRequest decoded(Path asking, EngineConfig engine, long now) throws IOException {
    try {
      return new BidRequestDecoder(engine.account(), engine.bidding().defaultTmaxMillis())
          .decode(TextFile.read(asking).getBytes(StandardCharsets.UTF_8), now);
    } catch (UnreadableRecord e) {
      throw new WrongInput(asking + ":1:1: " + e.reason(), e);
    }
  }

  private List<PacingUpdate> updates() throws IOException {
    Path file = pacing;
    List<PacingUpdate> updates = new ArrayList<>();
    if (file != null) {
      List<String> lines = TextFile.read(file).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          try {
            updates.add(PacingUpdateCodec.decode(lines.get(i).getBytes(StandardCharsets.UTF_8)));
          } catch (UnreadableRecord e) {
            throw new WrongInput(file + ":" + (i + 1) + ":1: " + e.reason(), e);
          }
        }
      }
    }
    return updates;
  }

  static ObjectNode document(BidRequest asked, List<Opinion> opinions) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "explain");
    document.put("request", asked.id());
    var list = document.putArray("candidates");
    for (Opinion opinion : opinions) {
      ObjectNode node = list.addObject();
      node.put("impression", opinion.impression());
      node.put("campaign", opinion.campaign());
      node.put("value", opinion.value());
      Multipliers multipliers = opinion.multipliers();
      if (multipliers != null) {
        node.put("multiplier", multipliers.budget());
        node.put("ros_multiplier", multipliers.ros());
      }
      node.put("bid", Money.units(opinion.bidNanos()));
      node.put("score", opinion.score() / Money.NANOS_PER_UNIT);
      node.put("offered", opinion.offered());
      Reason reason = opinion.reason();
      if (reason != null) {
        node.put("reason", reason.label());
      }
      if (opinion.unmet() != null) {
        node.put("unmet", opinion.unmet());
      }
    }
    return document;
  }

  static void print(BidRequest asked, List<Opinion> opinions) {
    System.out.printf("request %s%n", asked.id());
    System.out.printf(
        "%-10s  %-24s  %10s  %10s  %10s  %10s  %s%n",
        "impression", "campaign", "value", "multiplier", "bid CPM", "score CPM", "");
    for (Opinion opinion : opinions) {
      Multipliers multipliers = opinion.multipliers();
      System.out.printf(
          Locale.ROOT,
          "%-10s  %-24s  %10.6f  %10s  %10.4f  %10.4f  %s%n",
          opinion.impression(),
          opinion.campaign(),
          opinion.value(),
          multipliers == null ? "-" : String.format(Locale.ROOT, "%.4f", multipliers.budget()),
          opinion.bidNanos() / 1e6,
          opinion.score() / 1e6,
          verdict(opinion));
    }
  }

  private static String verdict(Opinion opinion) {
    Reason reason = opinion.reason();
    if (reason == null) {
      return opinion.offered() ? "offered" : "outranked";
    }
    return reason.label() + (opinion.unmet() == null ? "" : ": " + opinion.unmet());
  }
}
