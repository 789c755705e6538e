package io.dualbid.simulator.marketplace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** A comparison on a marketplace as a document, as rows and as a table. */
public final class MarketplaceReport {
  private final MarketplaceScenario scenario;
  private final List<MarketplaceRun> runs;

  /** Of these runs. */
  public MarketplaceReport(MarketplaceScenario scenario, List<MarketplaceRun> runs) {
    this.scenario = scenario;
    this.runs = List.copyOf(runs);
  }

  /** All of it. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "simulate");
    json.put("title", scenario.title());
    json.put("skipped_rows", 0);
    ArrayNode list = json.putArray("runs");
    for (MarketplaceRun run : runs) {
      ObjectNode node = list.addObject();
      node.put("policy", run.policy().label());
      node.put("seed", run.seed());
      node.put("horizon", run.auctions());
      node.put("auctions", run.auctions());
      node.put("bids", run.bids());
      node.put("wins", run.wins());
      node.put("clicks", run.clicks());
      node.put("free_clicks", run.freeClicks());
      node.put("value", run.spend());
      node.put("spend", run.spend());
      node.put("budget", run.budget());
      node.put("expected_charges", run.expected());
      node.put("auctions_per_second", run.auctions() / run.seconds());
      ObjectNode noBids = node.putObject("no_bids");
      run.noBids().forEach(noBids::put);
    }
    return json;
  }

  /** A line for each run; the same bytes for the same scenario. */
  public String csv() {
    StringBuilder csv =
        new StringBuilder("policy,seed,auctions,bids,wins,clicks,free_clicks,spend,budget\n");
    for (MarketplaceRun run : runs) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%d,%d,%d,%d,%.9f,%.9f%n",
              run.policy().label(),
              run.seed(),
              run.auctions(),
              run.bids(),
              run.wins(),
              run.clicks(),
              run.freeClicks(),
              run.spend(),
              run.budget()));
    }
    return csv.toString();
  }

  /** For reading. */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            "%-28s %6s %10s %10s %8s %12s %12s %8s%n",
            "policy",
            "seed",
            "requests",
            "wins",
            "clicks",
            "free clicks",
            "charged",
            "budget"));
    for (MarketplaceRun run : runs) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-28s %6d %10d %10d %8d %12d %12.3f %7.1f%%%n",
              run.policy().label(),
              run.seed(),
              run.auctions(),
              run.wins(),
              run.clicks(),
              run.freeClicks(),
              run.spend(),
              100 * run.spend() / run.budget()));
    }
    return table.toString();
  }
}
