package io.dualbid.simulator.outage;

import java.util.Locale;

/**
 * One thing that goes wrong, or that operators do while requests go on.
 *
 * @param atMillis when, from the begin
 * @param kind what
 * @param target which task manager is meant, modulo how many there are; of a change of parallelism
 *     which
 * @param lengthMillis how long what was killed stays away, or what is paused stands still
 * @param overlapping whether it comes while the one before may still be felt; otherwise it is
 *     waited until all is up again, or for a while
 */
public record Outage(long atMillis, Kind kind, int target, long lengthMillis, boolean overlapping) {
  /** Whose process is meant. */
  public enum Part {
    /** One of the task managers. */
    TASK_MANAGER,
    /** The job manager. */
    JOB_MANAGER,
    /** The exchange. */
    EXCHANGE,
    /** The broker. */
    BROKER,
    /** All of them. */
    EVERYTHING,
    /** The bidding job. */
    BIDDING,
    /** The pacing job. */
    PACING
  }

  /** What is done to it. */
  public enum Deed {
    /** It is killed by SIGKILL, and started again in a while. */
    KILL,
    /** It stands still by SIGSTOP, and goes on by SIGCONT. */
    PAUSE,
    /** It is asked to end by SIGTERM, and started again. */
    RESTART,
    /** It is killed, and what it had saved is not used again. */
    LOSE_STATE,
    /** Stopped with a savepoint, and started from it with another parallelism. */
    RESCALE,
    /** Stopped with a savepoint, and started from it as a job of its own. */
    UPGRADE
  }

  /** What can go wrong. */
  public enum Kind {
    TASK_MANAGER_KILLED(Part.TASK_MANAGER, Deed.KILL, 300, 3_000),
    JOB_MANAGER_KILLED(Part.JOB_MANAGER, Deed.KILL, 300, 3_000),
    EXCHANGE_KILLED(Part.EXCHANGE, Deed.KILL, 300, 3_000),
    BROKER_KILLED(Part.BROKER, Deed.KILL, 300, 3_000),
    /** Everything dies at once, as in a power cut that spares the disk. */
    EVERYTHING_KILLED(Part.EVERYTHING, Deed.KILL, 300, 3_000),
    TASK_MANAGER_PAUSED(Part.TASK_MANAGER, Deed.PAUSE, 500, 5_000),
    JOB_MANAGER_PAUSED(Part.JOB_MANAGER, Deed.PAUSE, 500, 10_000),
    EXCHANGE_PAUSED(Part.EXCHANGE, Deed.PAUSE, 500, 10_000),
    BROKER_PAUSED(Part.BROKER, Deed.PAUSE, 500, 10_000),
    /**
     * Paused for longer than Flink waits for its heartbeat, so that it is replaced and lives on.
     */
    TASK_MANAGER_ZOMBIE(Part.TASK_MANAGER, Deed.PAUSE, 8_000, 12_000),
    BROKER_RESTARTED(Part.BROKER, Deed.RESTART, 100, 1_000),
    BIDDING_RESCALED(Part.BIDDING, Deed.RESCALE, 0, 1),
    PACING_RESCALED(Part.PACING, Deed.RESCALE, 0, 1),
    BIDDING_UPGRADED(Part.BIDDING, Deed.UPGRADE, 0, 1),
    PACING_UPGRADED(Part.PACING, Deed.UPGRADE, 0, 1),
    /** The job manager dies, and no checkpoint is used: the jobs begin anew, from the journal. */
    STATE_LOST(Part.JOB_MANAGER, Deed.LOSE_STATE, 300, 3_000);

    private final Part part;
    private final Deed deed;
    private final long shortestMillis;
    private final long longestMillis;

    Kind(Part part, Deed deed, long shortestMillis, long longestMillis) {
      this.part = part;
      this.deed = deed;
      this.shortestMillis = shortestMillis;
      this.longestMillis = longestMillis;
    }

    /** The stable name in JSON. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whose process is meant. */
    public Part part() {
      return part;
    }

    /** What is done to it. */
    public Deed deed() {
      return deed;
    }

    long shortestMillis() {
      return shortestMillis;
    }

    long longestMillis() {
      return longestMillis;
    }
  }

  @Override
  public String toString() {
    String length =
        switch (kind.deed()) {
          case KILL, RESTART, LOSE_STATE -> ", back after " + lengthMillis + " ms";
          case PAUSE -> " for " + lengthMillis + " ms";
          case RESCALE, UPGRADE -> "";
        };
    return String.format(
        Locale.ROOT,
        "%7.1f s  %s%s%s",
        atMillis / 1e3,
        kind.label(),
        length,
        overlapping ? " (overlapping)" : "");
  }
}
