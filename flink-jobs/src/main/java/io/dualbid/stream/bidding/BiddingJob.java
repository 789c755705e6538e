package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.kafka.BrokerView;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job that answers bid requests: bids, no-bids and dead letters.
 *
 * @see SpendingJob
 */
public final class BiddingJob {
  /** The consumer group under which the position in the requests is committed. */
  public static final String GROUP = "dualbid-bidding";

  private BiddingJob() {}

  /** Adds the job to an environment that holds nothing else. */
  public static void build(StreamExecutionEnvironment environment, EngineConfig engine) {
    SpendingJob.build(
        environment,
        engine,
        engine.kafka().topics().bidRequests(),
        GROUP,
        engine.bidding().parallelism(),
        "bidding",
        new BiddingOperator(engine, BrokerView.of(engine)));
  }
}
