package io.dualbid.stream.placement;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Bid;
import io.dualbid.stream.bidding.SpendingJob;
import io.dualbid.stream.kafka.BrokerView;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job that places ads in content: placements, the bids that pay for them, and dead letters.
 *
 * @see SpendingJob
 */
public final class PlacementJob {
  /** The consumer group under which the position in the requests is committed. */
  public static final String GROUP = "dualbid-placement";

  /** Subtasks of bidding count from 0, and there are at most 1024 of them. */
  static final int FIRST_SUBTASK = 10_000;

  private PlacementJob() {}

  /** Whether a bid was promised for a text. */
  public static boolean isOurs(Bid bid) {
    return bid.subtask() >= FIRST_SUBTASK;
  }

  /**
   * Adds the job to an environment that holds nothing else.
   *
   * @param embedders measures how creatives fit raw content
   */
  public static void build(
      StreamExecutionEnvironment environment, EngineConfig engine, EmbedderSource embedders) {
    SpendingJob.build(
        environment,
        engine,
        engine.kafka().topics().contentRequests(),
        GROUP,
        engine.placement().parallelism(),
        "placement",
        new PlacementOperator(engine, BrokerView.of(engine), embedders));
  }
}
