package io.dualbid.stream.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.FileUtils;

/**
 * A Flink cluster within this JVM: one job manager, one task manager. Several jobs run side by side
 * on it, each as it would on a cluster of its own.
 */
public final class EmbeddedCluster implements AutoCloseable {
  /** State up to this size stays in memory with its checkpoint; a file is slower than a message. */
  private static final MemorySize SMALL_STATE = MemorySize.ofMebiBytes(1);

  private final MiniCluster cluster;
  private final Path checkpoints;

  /**
   * Starts a cluster.
   *
   * @param slots number of tasks of one operator, over all jobs, that run at a time
   * @throws IllegalStateException if it doesn't start
   */
  public EmbeddedCluster(int slots) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    try {
      checkpoints = Files.createTempDirectory("dualbid-checkpoints-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for checkpoints", e);
    }
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    try {
      cluster.start();
    } catch (Exception e) {
      throw new IllegalStateException("the embedded cluster did not start", e);
    }
  }

  /**
   * Starts the job that was built in {@code environment}.
   *
   * @return its id
   * @throws IllegalStateException if it isn't accepted
   */
  public JobID submit(StreamExecutionEnvironment environment, String name) {
    keepState(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(name);
    return Limit.await("the start of " + name, cluster.submitJob(graph.getJobGraph())).getJobID();
  }

  /**
   * Checkpoints of a job that names no folder go to one of this cluster's: the job manager's own
   * memory refuses state beyond 5 MB, which a busy ledger exceeds.
   */
  private void keepState(StreamExecutionEnvironment environment) {
    if (environment
        .getConfiguration()
        .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
        .isEmpty()) {
      Configuration settings = new Configuration();
      settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
      settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, SMALL_STATE);
      environment.configure(settings);
    }
  }

  /**
   * Ends a job with its state kept.
   *
   * @param folder where the state is written
   * @return the path from which a job can be started anew, see {@link #submit(
   *     StreamExecutionEnvironment, String, String)}
   */
  public String stopWithSavepoint(JobID job, Path folder) {
    return Limit.await(
        "a savepoint of job " + job,
        cluster.stopWithSavepoint(
            job, folder.toUri().toString(), false, SavepointFormatType.CANONICAL));
  }

  /**
   * Starts a job from a kept state.
   *
   * @param savepoint the path that {@link #stopWithSavepoint} returned
   */
  public JobID submit(StreamExecutionEnvironment environment, String name, String savepoint) {
    keepState(environment);
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName(name);
    JobGraph job = graph.getJobGraph();
    job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint, false));
    return Limit.await("the start of " + name, cluster.submitJob(job)).getJobID();
  }

  /** What a job is doing. */
  public JobStatus status(JobID job) {
    return Limit.await("the status of job " + job, cluster.getJobStatus(job));
  }

  /** Completes when the job has ended, for whatever reason. */
  public CompletableFuture<JobResult> result(JobID job) {
    return cluster.requestJobResult(job);
  }

  /** Ends a job. */
  public void cancel(JobID job) {
    Limit.await("the cancelling of job " + job, cluster.cancelJob(job));
    Limit.await("the end of job " + job, cluster.requestJobResult(job));
  }

  /** Ends all jobs and the cluster. */
  @Override
  public void close() {
    Limit.await("the end of the embedded cluster", cluster.closeAsync());
    try {
      FileUtils.deleteDirectory(checkpoints.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoints in " + checkpoints + " can't be removed", e);
    }
  }
}
