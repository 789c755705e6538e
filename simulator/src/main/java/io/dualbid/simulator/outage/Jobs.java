package io.dualbid.simulator.outage;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.stream.bidding.BiddingJob;
import io.dualbid.stream.pacing.PacingJob;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/**
 * The jobs on a cluster that forgets them when its job manager dies, as one without high
 * availability does: what it has lost is submitted again from the newest state there is.
 *
 * <p>Thread safe: one thing is done at a time.
 */
final class Jobs implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final long SAVEPOINT_SECONDS = 30;
  private static final long LOOK_MILLIS = 100;

  private final OutageSettings settings;
  private final SavedState saved;
  private final RestClusterClient<String> client;
  private final Job bidding = new Job(Outage.Part.BIDDING);
  private final Job pacing = new Job(Outage.Part.PACING);
  private int resubmissions;

  /** One job, through all its lives. */
  private static final class Job {
    final Outage.Part part;
    int parallelism = 2;
    @Nullable JobID id;

    /** What its present life was started from. */
    @Nullable String origin;

    /** Whether saved states are not to be used again. */
    boolean forgotten;

    Job(Outage.Part part) {
      this.part = part;
    }
  }

  Jobs(OutageSettings settings) throws Exception {
    this.settings = settings;
    saved = new SavedState(settings.checkpoints(), settings.savepoints());
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, OutageSettings.LOOPBACK);
    configuration.set(RestOptions.PORT, settings.restPort());
    configuration.set(RestOptions.RETRY_MAX_ATTEMPTS, 1);
    configuration.set(RestOptions.CONNECTION_TIMEOUT, Duration.ofSeconds(2));
    client = new RestClusterClient<>(configuration, "outage");
  }

  /** How often a job was submitted again because the cluster had lost it. */
  synchronized int resubmissions() {
    return resubmissions;
  }

  /** The saved states of both jobs are not used again. */
  synchronized void forget() {
    pacing.forgotten = true;
    bidding.forgotten = true;
  }

  /**
   * Submits what isn't there.
   *
   * @return what was done, in words; nothing if all is there or the cluster can't be asked
   */
  synchronized List<String> keepUp() throws InterruptedException, IOException {
    List<String> done = new ArrayList<>();
    try {
      Set<JobID> living = living();
      for (Job job : List.of(pacing, bidding)) {
        if (job.id == null || !living.remove(job.id)) {
          resubmissions += job.id == null ? 0 : 1;
          done.add(label(job) + " submitted from " + submit(job));
        }
      }
      // One whose submission seemed to fail, and came through all the same.
      for (JobID stranger : living) {
        client.cancel(stranger).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        done.add("a job that nobody waits for was cancelled");
      }
    } catch (ExecutionException | TimeoutException e) {
      // The job manager is away, or not up yet: asked again soon.
      return done;
    } catch (RuntimeException e) {
      // The plan of a job asks the broker for partitions, which may be away as well.
      return done;
    }
    return done;
  }

  private Set<JobID> living() throws ExecutionException, TimeoutException, InterruptedException {
    Set<JobID> living = new HashSet<>();
    for (JobStatusMessage job : client.listJobs().get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (!job.getJobState().isGloballyTerminalState()) {
        living.add(job.getJobId());
      }
    }
    return living;
  }

  private String submit(Job job)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    JobID before = job.id;
    String newest = before == null ? null : saved.newest(before);
    String from = job.forgotten ? null : newest == null ? job.origin : newest;
    EngineConfig engine = settings.engine(bidding.parallelism, pacing.parallelism);
    StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
    if (job.part == Outage.Part.BIDDING) {
      BiddingJob.build(environment, engine);
    } else {
      PacingJob.build(environment, engine);
    }
    StreamGraph graph = environment.getStreamGraph();
    graph.setJobName("dualbid " + label(job));
    JobGraph plan = graph.getJobGraph();
    if (from != null) {
      plan.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from, false));
    }
    // Known before it is submitted: an answer that is lost must not make two jobs of one.
    job.id = plan.getJobID();
    job.origin = from;
    job.forgotten = false;
    client.submitJob(plan).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return from == null ? "nothing" : from;
  }

  private static String label(Job job) {
    return job.part == Outage.Part.BIDDING ? "bidding" : "pacing";
  }

  /**
   * Stops a job with a savepoint and starts it from that, as a job of its own.
   *
   * @param parallelism of its next life; 0 for the same
   * @return whether that was done; if not, it goes on, or is submitted again by {@link #keepUp()}
   */
  synchronized boolean upgrade(Outage.Part part, int parallelism)
      throws InterruptedException, IOException {
    Job job = part == Outage.Part.BIDDING ? bidding : pacing;
    JobID id = job.id;
    if (id == null) {
      return false;
    }
    try {
      client
          .stopWithSavepoint(id, false, saved.savepointFolder(id), SavepointFormatType.CANONICAL)
          .get(SAVEPOINT_SECONDS, TimeUnit.SECONDS);
      awaitEnd(id);
      job.parallelism = parallelism == 0 ? job.parallelism : parallelism;
      submit(job);
      return true;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return false;
    }
  }

  private void awaitEnd(JobID id)
      throws ExecutionException, TimeoutException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!client
        .getJobStatus(id)
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .isGloballyTerminalState()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("the job " + id + " doesn't end");
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** The parallelism of a job. */
  synchronized int parallelism(Outage.Part part) {
    return (part == Outage.Part.BIDDING ? bidding : pacing).parallelism;
  }

  /** Whether every task of both jobs runs. */
  synchronized boolean areRunning() throws InterruptedException {
    for (Job job : List.of(pacing, bidding)) {
      JobID id = job.id;
      if (id == null) {
        return false;
      }
      try {
        JobDetailsInfo details = client.getJobDetails(id).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        boolean running =
            details.getJobStatus() == JobStatus.RUNNING
                && details.getJobVertexInfos().stream()
                    .allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
        if (!running) {
          return false;
        }
      } catch (ExecutionException | TimeoutException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    client.close();
  }
}
