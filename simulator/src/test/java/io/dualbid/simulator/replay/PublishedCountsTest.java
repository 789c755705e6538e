package io.dualbid.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dualbid.core.bidding.LinearBid;
import io.dualbid.core.bidding.MeanCostPerClick;
import io.dualbid.core.bidding.TrainingTotals;
import io.dualbid.core.rlb.LongHorizonBid;
import io.dualbid.core.rlb.LongHorizonBid.Mapping;
import io.dualbid.core.rlb.MarginalTable;
import io.dualbid.core.rlb.Objective;
import io.dualbid.core.rlb.PriceDistribution;
import io.dualbid.core.rlb.SegmentedBid;
import io.dualbid.core.rlb.StateBid;
import io.dualbid.core.rlb.ValueTable;
import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.IpinyouWorld;
import io.dualbid.simulator.world.Opportunity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The baselines on the first 100,000 auctions of campaign 2997 of the iPinYou log, against the
 * counts of the code published with RLB: whole numbers, and nothing in them is random.
 */
class PublishedCountsTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data", "ipinyou");
  private static final int AUCTIONS = 1_000;
  private static final int MAX_BID = 300;

  private static List<Auction> log = List.of();
  private static TrainingTotals training = new TrainingTotals(1, 0, 0);
  private static PriceDistribution market = PriceDistribution.of(new long[1], 1);

  @BeforeAll
  static void readTheLog() throws IOException {
    Path rows = DATA.resolve("2997-first-100000.txt.gz");
    Path figures = DATA.resolve("campaigns-info.json");
    Assumptions.assumeTrue(
        Files.exists(rows) && Files.exists(figures), "skipped: real auctions are not at " + DATA);
    log = new ArrayList<>();
    try (IpinyouWorld world = new IpinyouWorld(rows, 0, 1, Long.MAX_VALUE)) {
      for (Opportunity next = world.next(); next != null; next = world.next()) {
        log.add(next.auctions().get(0));
      }
    }
    JsonNode campaign = new ObjectMapper().readTree(figures.toFile()).get("2997");
    training =
        new TrainingTotals(
            campaign.get("imp_train").asLong(),
            campaign.get("clk_train").asLong(),
            campaign.get("cost_train").asLong());
    JsonNode histogram = campaign.get("price_histogram_train");
    long[] counts = new long[histogram.size()];
    for (int price = 0; price < counts.length; price++) {
      counts[price] = histogram.get(price).asLong();
    }
    market = PriceDistribution.of(counts, 1);
  }

  private static EpisodeTotals play(int share, EpisodeBidder bidder) {
    int budget = (int) training.episodeBudget(1.0 / share, AUCTIONS);
    return new EpisodeProtocol(AUCTIONS, budget).play(log, bidder);
  }

  private static ValueTable values(int share) {
    return ValueTable.solve(
        market,
        Objective.clicks(training.meanClickRate()),
        AUCTIONS,
        (int) training.episodeBudget(1.0 / share, AUCTIONS),
        MAX_BID);
  }

  private static void same(EpisodeTotals totals, long clicks, long impressions, long cost) {
    assertThat(new long[] {totals.clicks(), totals.impressions(), totals.cost()})
        .containsExactly(clicks, impressions, cost);
  }

  @ParameterizedTest
  @CsvSource({"32, 39, 24341, 194331", "16, 60, 35000, 389713"})
  void repeatsRlb(int share, long clicks, long impressions, long cost) {
    same(play(share, new StateBid(values(share))::bid), clicks, impressions, cost);
  }

  @ParameterizedTest
  @CsvSource({"32, 37, 25300, 196356", "16, 58, 36725, 393119"})
  void repeatsTheStateOnlyProcess(int share, long clicks, long impressions, long cost) {
    StateBid bids = new StateBid(values(share));
    same(play(share, (n, b, theta) -> bids.stateOnly(n, b)), clicks, impressions, cost);
  }

  @ParameterizedTest
  @CsvSource({"32, 27, 9835, 196754", "16, 45, 19267, 393626"})
  void repeatsMeanCostPerClick(int share, long clicks, long impressions, long cost) {
    MeanCostPerClick rule = new MeanCostPerClick(training.costPerClick(), MAX_BID);
    same(play(share, (n, b, theta) -> rule.bid(theta, b)), clicks, impressions, cost);
  }

  @ParameterizedTest
  @CsvSource({"32, 10, 33, 18590, 116678", "16, 15, 36, 22857, 156710"})
  void repeatsLinearBidding(int share, int base, long clicks, long impressions, long cost) {
    LinearBid rule = new LinearBid(base, training.meanClickRate(), MAX_BID);
    same(play(share, (n, b, theta) -> rule.bid(theta, b)), clicks, impressions, cost);
  }

  @ParameterizedTest
  @CsvSource({"32, 39, 24341, 194331", "16, 60, 35000, 389713"})
  void repeatsRlbByItsDifferencesInSinglePrecision(
      int share, long clicks, long impressions, long cost) {
    same(play(share, longHorizon(share, Mapping.STATE)::bid), clicks, impressions, cost);
  }

  /** One budget for the whole file, against the fractional knapsack over it. */
  @ParameterizedTest
  @CsvSource({
    "64, 70.186, 0.96, 30, 15879, 98461",
    "32, 103.969, 0.995, 46, 25961, 196930",
    "16, 138.259, 0.993, 67, 36091, 393846"
  })
  void comesCloseToHindsightOverAHundredTimesItsTable(
      int share, double hindsight, double least, long clicks, long impressions, long cost) {
    EpisodeProtocol whole =
        new EpisodeProtocol(log.size(), (int) training.episodeBudget(1.0 / share, log.size()));
    LongHorizonBid bids = longHorizon(share, Mapping.STATE);
    EpisodeTotals byState = whole.play(log, bids::bid);
    same(byState, clicks, impressions, cost);
    assertThat(byState.clickRates()).isBetween(least * hindsight, hindsight);
    EpisodeTotals byMarginal = whole.play(log, longHorizon(share, Mapping.MARGINAL)::bid);
    assertThat(byMarginal.clickRates()).isBetween((least - 0.01) * hindsight, hindsight);
    EpisodeTotals bySegments = whole.play(log, new SegmentedBid(bids, AUCTIONS)::bid);
    assertThat(bySegments.clickRates()).isBetween(0.88 * hindsight, 0.97 * hindsight);
    assertThat(bySegments.cost()).isLessThanOrEqualTo(whole.budget());
  }

  private static LongHorizonBid longHorizon(int share, Mapping mapping) {
    int mean = (int) training.episodeBudget(1.0 / share, AUCTIONS);
    return new LongHorizonBid(
        MarginalTable.solve(
            market, Objective.clicks(training.meanClickRate()), AUCTIONS, 2 * mean, MAX_BID),
        mapping);
  }
}
