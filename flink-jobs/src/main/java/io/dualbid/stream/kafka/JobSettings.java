package io.dualbid.stream.kafka;

import io.dualbid.core.configuration.EngineConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What all jobs of the engine have in common. */
public final class JobSettings {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private JobSettings() {}

  /**
   * Prepares an environment.
   *
   * @param checkpointMillis time between checkpoints
   * @param parallelism number of subtasks
   * @param bufferTimeoutMillis longest time that a record waits for company between tasks
   */
  public static void apply(
      StreamExecutionEnvironment environment,
      EngineConfig engine,
      long checkpointMillis,
      int parallelism,
      long bufferTimeoutMillis) {
    Configuration settings = new Configuration();
    // Every type has a serializer of its own; a fallback to Kryo would go unnoticed otherwise.
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    // State is found again by the uid of its operator, so none may be made up from the job's shape.
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(20));
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(checkpointMillis));
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_PAUSE);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_PAUSE);
    settings.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, false);
    String folder = engine.state().checkpoints();
    if (folder != null) {
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, folder);
    }
    environment.configure(settings);
    environment.setParallelism(parallelism);
    environment.setBufferTimeout(bufferTimeoutMillis);
  }
}
