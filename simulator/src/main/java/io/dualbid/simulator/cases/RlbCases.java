package io.dualbid.simulator.cases;

import com.fasterxml.jackson.databind.JsonNode;
import io.dualbid.core.model.Money;
import io.dualbid.core.rlb.Objective;
import io.dualbid.core.rlb.PriceDistribution;
import io.dualbid.core.rlb.StateBid;
import io.dualbid.core.rlb.ValueTable;
import io.dualbid.simulator.replay.EpisodeBidder;
import io.dualbid.simulator.replay.EpisodeProtocol;
import io.dualbid.simulator.replay.EpisodeTotals;
import io.dualbid.simulator.world.Auction;
import java.util.ArrayList;
import java.util.List;

/** Bidding as a decision process: the tables, the bids by them, and runs over a short log. */
final class RlbCases {
  private RlbCases() {}

  /** Price distribution, value tables, bids in every state, and runs of RLB and SS-MDP. */
  static void dynamicProgram(GoldenCase golden, Comparison comparison) {
    JsonNode expected = golden.expected();
    PriceDistribution market = market(golden);
    double[] probabilities = new double[market.prices()];
    for (int price = 0; price < probabilities.length; price++) {
      probabilities[price] = market.at(price);
    }
    comparison.same("pmf", probabilities, expected.path("pmf"));

    ValueTable values = solve(golden, market, objective(golden, golden.parameters()));
    compareValues("V", values, golden, comparison);
    StateBid bids = new StateBid(values);
    compareBids(bids, golden, comparison);
    compareRun("rlb", bids::bid, golden, comparison);
    compareRun("ss_mdp", (n, b, theta) -> bids.stateOnly(n, b), golden, comparison);

    JsonNode profit = golden.parameters().path("profit");
    if (profit.isObject() || expected.has("V_profit")) {
      ValueTable profits = solve(golden, market, objective(golden, profit));
      compareValues("V_profit", profits, golden, comparison);
    }
  }

  private static PriceDistribution market(GoldenCase golden) {
    JsonNode counter = golden.parameters().path("price_counter");
    long[] counts = new long[counter.size()];
    for (int price = 0; price < counts.length; price++) {
      counts[price] = counter.get(price).asLong();
    }
    return PriceDistribution.of(counts, golden.number("laplace", 1));
  }

  /** The weights among {@code own}; what is missing there holds for the whole case. */
  private static Objective objective(GoldenCase golden, JsonNode own) {
    return new Objective(
        own.path("theta_avg").asDouble(golden.number("theta_avg")),
        own.path("v1").asDouble(golden.number("v1", 1)),
        own.path("v0").asDouble(golden.number("v0", 0)),
        own.path("gamma").asDouble(golden.number("gamma", 1)));
  }

  /** A table that holds the budget of the table in the case and that of the runs. */
  private static ValueTable solve(
      GoldenCase golden, PriceDistribution market, Objective objective) {
    return ValueTable.solve(
        market,
        objective,
        (int) golden.number("N"),
        (int) Math.max(golden.number("B"), golden.number("run_budget", 0)),
        (int) golden.number("max_bid"));
  }

  private static void compareValues(
      String what, ValueTable table, GoldenCase golden, Comparison comparison) {
    JsonNode expected = golden.expected().path(what);
    double[] row = new double[(int) golden.number("B") + 1];
    comparison.length(what, table.auctions(), expected);
    for (int n = 0; n < table.auctions(); n++) {
      for (int b = 0; b < row.length; b++) {
        row[b] = table.value(n, b);
      }
      comparison.same(what + "[" + n + "]", row, expected.get(n));
    }
  }

  private static void compareBids(StateBid bids, GoldenCase golden, Comparison comparison) {
    JsonNode thetas = golden.parameters().path("thetas");
    JsonNode expected = golden.expected().path("bids_by_theta_then_n_then_b");
    int auctions = (int) golden.number("N");
    long[] row = new long[(int) golden.number("B") + 1];
    comparison.length("bids", thetas.size(), expected);
    for (int i = 0; i < thetas.size(); i++) {
      comparison.length("bids[" + i + "]", auctions, expected.get(i));
      for (int n = 1; n <= auctions; n++) {
        for (int b = 0; b < row.length; b++) {
          row[b] = bids.bid(n, b, thetas.get(i).asDouble());
        }
        comparison.same("bids[" + i + "][" + (n - 1) + "]", row, expected.get(i).get(n - 1));
      }
    }
  }

  private static void compareRun(
      String what, EpisodeBidder rule, GoldenCase golden, Comparison comparison) {
    List<Auction> log = new ArrayList<>();
    for (JsonNode row : golden.input()) {
      log.add(
          new Auction(
              Integer.toString(log.size() + 1),
              row.path("price").asLong() * Money.NANOS_PER_UNIT,
              row.path("theta").asDouble(),
              row.path("click").asInt() == 1,
              false));
    }
    List<Integer> bids = new ArrayList<>();
    EpisodeProtocol protocol =
        new EpisodeProtocol((int) golden.number("N"), (int) golden.number("run_budget"));
    EpisodeTotals totals =
        protocol.play(
            log,
            (auctionsLeft, budgetLeft, clickRate) -> {
              int bid = rule.bid(auctionsLeft, budgetLeft, clickRate);
              bids.add(bid);
              return bid;
            });
    JsonNode expected = golden.expected().path(what);
    comparison.same(
        what + ".bids",
        bids.stream().mapToLong(Integer::longValue).toArray(),
        expected.path("bids"));
    comparison.same(what + ".impressions", totals.impressions(), expected.path("impressions"));
    comparison.same(what + ".clicks", totals.clicks(), expected.path("clicks"));
    comparison.same(what + ".cost", totals.cost(), expected.path("cost"));
  }
}
