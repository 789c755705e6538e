package io.dualbid.core.configuration;

import io.dualbid.core.bidding.BalanceAllocation;
import io.dualbid.core.bidding.ClickAllocation;
import io.dualbid.core.bidding.DualAllocation;
import io.dualbid.core.bidding.HighestBidAllocation;
import io.dualbid.core.bidding.PerturbedAllocation;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.pacing.PacingConfig;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code engine.yaml} says. Durations in milliseconds.
 *
 * @param account whose money it is
 * @param kafka where the topics are
 * @param bidding the bidding job
 * @param pacing the rules of pacing
 * @param pacingJob the pacing job
 * @param placement the placement job
 * @param state where state is kept
 * @param metrics where meters are read
 */
public record EngineConfig(
    Account account,
    Kafka kafka,
    Bidding bidding,
    PacingConfig pacing,
    PacingJob pacingJob,
    Placement placement,
    State state,
    Metrics metrics)
    implements Serializable {

  /**
   * Whose money it is.
   *
   * @param currency ISO 4217 code; all budgets and bids are in it
   * @param rates units of the account currency for one unit of another
   * @param seat the seat that bids, or null
   * @param answerTestRequests whether requests marked as tests are bid on
   */
  public record Account(
      String currency,
      Map<String, BigDecimal> rates,
      @Nullable String seat,
      boolean answerTestRequests)
      implements Serializable {
    public Account {
      rates = new TreeMap<>(rates);
    }
  }

  /**
   * Where the topics are.
   *
   * @param bootstrap addresses of brokers
   * @param properties further settings of all clients, secrets filled in
   * @param creation how topics that are missing are created
   * @param topics their names
   */
  public record Kafka(
      String bootstrap, Map<String, String> properties, Creation creation, Topics topics)
      implements Serializable {
    public Kafka {
      properties = new TreeMap<>(properties);
    }

    /** Names the settings without their values, which may be secret. */
    @Override
    public String toString() {
      return "Kafka[" + bootstrap + ", " + properties.keySet() + ", " + topics + "]";
    }
  }

  /**
   * How topics that are missing are created.
   *
   * @param enabled whether they are; otherwise a missing topic is an error
   * @param partitions number of partitions of requests, bids, no-bids and outcomes
   * @param replication number of replicas
   */
  public record Creation(boolean enabled, int partitions, int replication)
      implements Serializable {}

  /**
   * Names of the topics.
   *
   * @param bidRequests OpenRTB requests
   * @param bids the journal of bids, with broker append time
   * @param noBids requests without a bid, with the reason
   * @param outcomes wins, losses, clicks and conversions, with broker append time
   * @param campaigns definitions of campaigns, compacted
   * @param pacing multipliers and ledgers, compacted
   * @param leases money made out to bidding subtasks, transactional
   * @param deadLetters what can't be read
   * @param contentRequests texts that ads may stand in
   * @param placements which ads stand where in them
   * @param campaignHistory every version of every campaign, with its author and reason
   */
  public record Topics(
      String bidRequests,
      String bids,
      String noBids,
      String outcomes,
      String campaigns,
      String pacing,
      String leases,
      String deadLetters,
      String contentRequests,
      String placements,
      String campaignHistory)
      implements Serializable {
    /** The names that the documentation uses. */
    public static final Topics DEFAULT =
        new Topics(
            "bid-requests",
            "bids",
            "no-bids",
            "outcomes",
            "campaigns",
            "pacing",
            "leases",
            "dead-letters",
            "content-requests",
            "placements",
            "campaign-history");
  }

  /**
   * The bidding job.
   *
   * @param parallelism number of subtasks
   * @param defaultTmaxMillis time to answer where a request names none
   * @param overloadDelayMillis a standing delay above it is overload: older requests are put aside
   * @param heartbeatMillis time between signs of life
   * @param checkpointMillis time between checkpoints
   * @param frequencyCounters width of the sketches that count impressions by user; a power of two
   * @param rankingSpread by how much of its bid a campaign may fall behind when own campaigns are
   *     ranked, at least 0 and below 1
   * @param allocation who of several campaigns that pay by the click gets a request
   */
  public record Bidding(
      int parallelism,
      int defaultTmaxMillis,
      long overloadDelayMillis,
      long heartbeatMillis,
      long checkpointMillis,
      int frequencyCounters,
      double rankingSpread,
      Allocation allocation)
      implements Serializable {
    /** What is used where nothing is configured. */
    public static final double DEFAULT_RANKING_SPREAD = 0.3;
  }

  /**
   * Who of several campaigns that pay by the click gets a request.
   *
   * @param kind the policy
   * @param discount how stochastic balance discounts by the load
   * @param seed of the ranks of perturbed greedy
   */
  public record Allocation(Kind kind, Discount discount, long seed) implements Serializable {
    /** What is used where nothing is configured. */
    public static final Allocation DEFAULT = new Allocation(Kind.DUAL, Discount.MSVV, 0);

    /** The policies. */
    public enum Kind {
      DUAL,
      STOCHASTIC_BALANCE,
      PERTURBED_GREEDY,
      HIGHEST_BID
    }

    /** The policy itself. */
    public ClickAllocation policy() {
      return switch (kind) {
        case DUAL -> new DualAllocation();
        case STOCHASTIC_BALANCE -> new BalanceAllocation(discount);
        case PERTURBED_GREEDY -> new PerturbedAllocation(seed);
        case HIGHEST_BID -> new HighestBidAllocation();
      };
    }
  }

  /**
   * The pacing job.
   *
   * @param parallelism number of subtasks
   * @param checkpointMillis time between checkpoints; leases travel with them
   */
  public record PacingJob(int parallelism, long checkpointMillis) implements Serializable {}

  /**
   * The placement job.
   *
   * @param parallelism number of subtasks
   * @param defaultTmaxMillis time to answer where a request names none
   * @param overloadDelayMillis a standing delay above it is overload: older requests are put aside
   */
  public record Placement(int parallelism, int defaultTmaxMillis, long overloadDelayMillis)
      implements Serializable {}

  /**
   * Where state is kept.
   *
   * @param checkpoints URI of a folder that all task managers reach, or null for the cluster's own
   */
  public record State(@Nullable String checkpoints) implements Serializable {}

  /**
   * Where meters are read.
   *
   * @param bind address to listen on
   * @param port first port to try; 0 for none
   * @param token what readers must show, secrets filled in; null where everybody on this machine
   *     may read
   */
  public record Metrics(String bind, int port, @Nullable String token) implements Serializable {
    /** Tells all but the token. */
    @Override
    public String toString() {
      return "Metrics[" + bind + ":" + port + (token == null ? "" : ", with a token") + "]";
    }
  }
}
