package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.placement.SentenceModel;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.embedded.EmbeddedCluster;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.pacing.PacingJob;
import io.dualbid.stream.placement.PlacementJob;
import io.dualbid.stream.topics.TopicSetup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The jobs of an engine on an embedded cluster. They are to be ended before the cluster is: a
 * cluster that closes under running jobs lets their tasks fail, one by one and with stack traces.
 */
final class EmbeddedJobs implements AutoCloseable {
  private static final long LONGEST_START_MILLIS = 60_000;
  private static final long LOOK_MILLIS = 50;

  private final EmbeddedCluster cluster;
  private final List<JobID> jobs = new ArrayList<>();

  private EmbeddedJobs(EmbeddedCluster cluster) {
    this.cluster = cluster;
  }

  /** How many slots the jobs need. */
  static int slots(EngineConfig engine) {
    return engine.bidding().parallelism()
        + engine.pacingJob().parallelism()
        + engine.placement().parallelism();
  }

  /**
   * Makes sure of the topics and starts jobs.
   *
   * @param names of them: bidding, pacing, placement
   */
  static EmbeddedJobs start(EmbeddedCluster cluster, EngineConfig engine, Set<String> names) {
    TopicSetup.ensure(KafkaClients.of(engine), engine);
    EmbeddedJobs started = new EmbeddedJobs(cluster);
    if (names.contains("pacing")) {
      StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
      PacingJob.build(environment, engine);
      started.jobs.add(cluster.submit(environment, "dualbid pacing"));
    }
    if (names.contains("bidding")) {
      StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
      BiddingJob.build(environment, engine);
      started.jobs.add(cluster.submit(environment, "dualbid bidding"));
    }
    if (names.contains("placement")) {
      StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
      PlacementJob.build(environment, engine, SentenceModel::new);
      started.jobs.add(cluster.submit(environment, "dualbid placement"));
    }
    return started;
  }

  /**
   * Waits until all run.
   *
   * @throws IllegalStateException if one ends or doesn't come up
   */
  void awaitReady() throws InterruptedException {
    long end = System.currentTimeMillis() + LONGEST_START_MILLIS;
    for (JobID job : jobs) {
      while (cluster.status(job) != JobStatus.RUNNING) {
        if (cluster.status(job).isGloballyTerminalState() || System.currentTimeMillis() > end) {
          throw new IllegalStateException("a job did not start: " + cluster.status(job));
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  /** Ends the jobs that still run, pacing last, and waits for their ends. */
  @Override
  public void close() {
    List<JobID> lastFirst = new ArrayList<>(jobs);
    Collections.reverse(lastFirst);
    for (JobID job : lastFirst) {
      if (!cluster.status(job).isGloballyTerminalState()) {
        cluster.cancel(job);
      }
    }
  }

  /**
   * Makes sure that no job has ended.
   *
   * @throws IllegalStateException if one has
   */
  void requireRunning() {
    for (JobID job : jobs) {
      JobStatus status = cluster.status(job);
      if (status.isGloballyTerminalState()) {
        throw new IllegalStateException("a job has ended: " + status);
      }
    }
  }
}
