package io.dualbid.benchmarks;

import io.dualbid.core.bidding.BalanceAllocation;
import io.dualbid.core.configuration.EngineConfig.Bidding;
import io.dualbid.core.engine.Answer;
import io.dualbid.core.engine.Bidder;
import io.dualbid.core.engine.BidderConfig;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.model.BidRequest;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.DeviceType;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Hash;
import io.dualbid.core.model.Impression;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PerClick;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.targeting.FrequencyCounter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions a second on one core, and bytes a decision (with {@code -prof gc}): from the request as
 * a record to the offer. About ten campaigns are candidates of each request, however many there
 * are: sites are as many as a tenth of the campaigns, and each campaign wants one of them. So the
 * figures tell whether those that are no candidates cost anything.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BidderBenchmark {
  private static final int CANDIDATES = 10;
  private static final int REQUESTS = 4_096;
  private static final long NOW = 1_000_000;
  private static final long INCARNATION = 1;

  /** How many campaigns there are. */
  @Param({"100", "10000", "100000"})
  int campaigns;

  /** Whether campaigns pay for impressions or for clicks, allocated by Stochastic Balance. */
  @Param({"cpm", "cpc"})
  String billing = "cpm";

  private final Answer answer = new Answer();
  private final BidRequest[] requests = new BidRequest[REQUESTS];
  private Bidder bidder = bidder();
  private int next;

  private static Bidder bidder() {
    return new Bidder(
        new BidderConfig(
            false, 20, 3_000, Bidding.DEFAULT_RANKING_SPREAD, new BalanceAllocation(Discount.MSVV)),
        INCARNATION,
        new FrequencyCounter(65_536, 1_000));
  }

  /** Defines the campaigns, each with a lease that lasts for the whole trial. */
  @Setup
  public void define() {
    int sites = campaigns / CANDIDATES;
    bidder = bidder();
    boolean perClick = billing.equals("cpc");
    for (int i = 0; i < campaigns; i++) {
      Campaign given = campaign(i, sites);
      Campaign campaign = perClick ? given.paying(new PerClick(1_500_000_000L, NOW)) : given;
      bidder.define(campaign);
      Multipliers told = Multipliers.budget(1 + (i % 7) * 0.3).loaded((i % 11) * 0.08);
      bidder.pacing(campaign.id(), 1, told, PacingUpdate.State.ACTIVE, NOW);
      bidder.lease(
          new Lease(
              1,
              campaign.id(),
              INCARNATION,
              0,
              Long.MAX_VALUE / 4,
              Lease.ANY_SLACK,
              0,
              NOW + 10_000,
              perClick),
          NOW);
    }
    bidder.warmedUp();
    for (int i = 0; i < REQUESTS; i++) {
      requests[i] = request(i, sites);
    }
  }

  private static Campaign campaign(int number, int sites) {
    Targeting targeting =
        new Targeting(
            Set.of("USA", "CAN"),
            Set.of(),
            Set.of("site-" + number % sites + ".example"),
            Set.of("bad.example"),
            Set.of(DeviceType.PHONE, DeviceType.PERSONAL_COMPUTER),
            Set.of(),
            Set.of("excluded"),
            Set.of(),
            List.of(),
            null);
    return new Campaign(
        "campaign-" + number,
        "advertiser-" + number + ".example",
        List.of("IAB18"),
        Status.ACTIVE,
        1_000_000_000_000L,
        null,
        new Flight(0, 2 * NOW, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1.0),
        1.5,
        0.001,
        1_000_000_000L,
        List.of(Creative.banner("square", 300, 250), Creative.banner("wide", 728, 90)),
        targeting);
  }

  private static BidRequest request(int number, int sites) {
    // Skewed: low sites more often, as in real traffic.
    double u = Hash.unit(Hash.mix(number));
    Impression banner = Impression.banner("1", 300, 250);
    Impression impression =
        new Impression(
            "1",
            banner.types(),
            banner.sizes(),
            banner.videoSize(),
            0,
            Integer.MAX_VALUE,
            100_000,
            false,
            List.of(),
            List.of(13),
            0.001 + 0.001 * Hash.unit(Hash.mix(number + 1L)));
    return new BidRequest(
        "request-" + number,
        NOW,
        100,
        false,
        "USD",
        true,
        List.of("site-" + (int) (u * u * sites) + ".example"),
        "USA",
        "USA-CA",
        DeviceType.PHONE,
        "user-" + number % 1_000,
        List.of("12", "44", "57"),
        List.of("IAB25", "IAB26"),
        List.of("rival.example"),
        List.of(impression));
  }

  /** One request decided. */
  @Benchmark
  public Answer decide() {
    next = (next + 1) & (REQUESTS - 1);
    bidder.decide(requests[next], NOW, answer);
    return answer;
  }
}
