package io.dualbid.stream.metrics;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether the checkpoints of a job complete, and says where they go and what to look at
 * when none has for a while. What keeps them from completing, a full disk say, is often known to
 * the job manager alone; that none completes is seen by everybody.
 *
 * <p>A job whose checkpoints fail is restarted again and again, so time since the last one goes on
 * from one run of its subtasks to the next. Shared by the subtasks of a JVM; thread safe.
 */
public final class CheckpointWatch {
  private static final long PATIENCE_MILLIS = 10_000;
  private static final int INTERVALS = 10;
  private static final long TOLD_AGAIN_MILLIS = 60_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final String job;
  private final Consumer<String> log;
  private String folder = "";
  private long patienceMillis;
  private int subtasks;
  private long aborted;
  private long completedMillis = NEVER;
  private long toldMillis = NEVER;

  /**
   * Nothing runs yet.
   *
   * @param log takes the messages
   */
  CheckpointWatch(String job, Consumer<String> log) {
    this.job = job;
    this.log = log;
  }

  /**
   * A subtask begins to run.
   *
   * @param path where checkpoints go by the engine's settings, or null where the cluster decides
   * @param intervalMillis time between checkpoints
   */
  public synchronized void begin(@Nullable String path, long intervalMillis, long nowMillis) {
    folder =
        path == null
            ? "where the cluster says (execution.checkpointing.dir)"
            : path + " (state.checkpoints)";
    patienceMillis = PATIENCE_MILLIS + INTERVALS * intervalMillis;
    subtasks++;
    if (completedMillis == NEVER) {
      completedMillis = nowMillis;
    }
  }

  /** A subtask ends. */
  public synchronized void end() {
    subtasks--;
  }

  /** A checkpoint has completed. */
  public synchronized void completed(long nowMillis) {
    if (toldMillis != NEVER) {
      log.accept(job + ": checkpoints complete again");
    }
    completedMillis = nowMillis;
    toldMillis = NEVER;
  }

  /** A checkpoint was given up. */
  public synchronized void aborted() {
    aborted++;
  }

  /** How many were given up, counted by each subtask. */
  synchronized double abortedCount() {
    return (double) aborted;
  }

  /** Looks at the clock, and tells the log at most once a minute. */
  public synchronized void look(long nowMillis) {
    long since = nowMillis - completedMillis;
    boolean told = toldMillis != NEVER && nowMillis - toldMillis < TOLD_AGAIN_MILLIS;
    if (completedMillis == NEVER || since <= patienceMillis || told) {
      return;
    }
    toldMillis = nowMillis;
    log.accept(
        job
            + ": no checkpoint has completed for "
            + since / 1_000
            + " s. They go to "
            + folder
            + ": look whether there is space, and whether job manager and task managers may write"
            + " there; the job manager's log has the cause. Until one completes no leases leave,"
            + " and a restart goes back to the last one");
  }

  /** Time since the last one completed; NaN where no subtask runs. */
  synchronized double ageMillis(long nowMillis) {
    return subtasks == 0 ? Double.NaN : (double) Math.max(0, nowMillis - completedMillis);
  }
}
