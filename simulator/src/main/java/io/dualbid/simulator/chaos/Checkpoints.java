package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Lease;
import io.dualbid.stream.codec.LeaseCodec;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The durable store of checkpoints, and the transactions that hang on them: a checkpoint becomes
 * durable after a while, its leases are seen a while after that. A restore first finishes the
 * transaction of the checkpoint that it restores, as the sink does.
 */
final class Checkpoints {
  private final Timeline time;
  private final SimulatedLog log;
  private final Topics topics;
  private final Protocol protocol;
  private @Nullable PacingProcess owner;
  private @Nullable Checkpoint durable;
  private boolean committed;
  private long made;
  private long failUntil;

  Checkpoints(Timeline time, SimulatedLog log, Topics topics, Protocol protocol) {
    this.time = time;
    this.log = log;
    this.topics = topics;
    this.protocol = protocol;
  }

  /** From now on only checkpoints of this run count. */
  void fence(@Nullable PacingProcess newOwner) {
    owner = newOwner;
  }

  /** Everything is lost. */
  void lose() {
    durable = null;
  }

  /** No checkpoint becomes durable for a while. */
  void fail(long millis) {
    failUntil = time.now() + millis;
  }

  /** The last durable checkpoint, or null; its leases are out when this returns. */
  @Nullable Checkpoint restore() {
    commit();
    return durable;
  }

  /** Takes a checkpoint of a run. */
  void take(PacingProcess of, Checkpoint checkpoint) {
    time.after(
        time.between(10, 80),
        () -> {
          if (time.now() < failUntil) {
            // What hangs on a checkpoint that fails goes with the next one.
            of.takeBack(checkpoint.leases());
          } else if (owner == of) {
            commit();
            durable = checkpoint;
            committed = false;
            long number = ++made;
            time.after(
                time.between(2, 60),
                () -> {
                  if (made == number && owner == of) {
                    commit();
                  }
                });
          }
        });
  }

  private void commit() {
    Checkpoint last = durable;
    if (last == null || committed) {
      return;
    }
    committed = true;
    for (Lease lease : last.leases()) {
      log.append(
          topics.leases(),
          lease.campaign().getBytes(StandardCharsets.UTF_8),
          LeaseCodec.encode(protocol.written(lease)));
    }
  }
}
