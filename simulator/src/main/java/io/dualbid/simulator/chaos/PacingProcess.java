package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.engine.Pacer;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Lease;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.pacing.LivingSubtasks;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.core.pacing.PartitionTime;
import io.dualbid.simulator.chaos.SimulatedLog.Entry;
import io.dualbid.stream.codec.DeadLetterCodec;
import io.dualbid.stream.codec.LeaseCodec;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.JournalRecord.Beat;
import io.dualbid.stream.record.JournalRecord.Defined;
import io.dualbid.stream.record.JournalRecord.Issued;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.JournalRecord.Unreadable;
import io.dualbid.stream.record.OutRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of the pacing job: the real pacers and codecs, and a host as the job's operator is one.
 * Multipliers leave at once; leases wait until the checkpoint that holds them is durable.
 */
final class PacingProcess {
  private static final int MOST_AT_ONCE = 60;

  private final Timeline time;
  private final SimulatedLog log;
  private final Protocol protocol;
  private final Checkpoints checkpoints;
  private final Link link;
  private final Topics topics;
  private final PacingConfig config;
  private final long skewMillis;
  private final Map<String, Pacer> pacers = new TreeMap<>();
  private final Map<String, byte[]> definitions = new TreeMap<>();
  private final Map<Source, Long> positions = new TreeMap<>();
  private final Map<Source, PartitionTime> readMillis = new TreeMap<>();
  private final Map<Source, Long> stampedMillis = new TreeMap<>();
  private final LivingSubtasks living = new LivingSubtasks();
  private final Answers answers = new Answers();
  private List<Lease> granted = new ArrayList<>();
  private long bornMillis;
  private long recoverUntilMillis;
  private long pausedUntil;
  private int stalledPartition = -1;
  private long stalledUntil;
  private boolean dead;

  /** A partition that is read. */
  record Source(String topic, int partition) implements Comparable<Source> {
    @Override
    public int compareTo(Source other) {
      int byTopic = topic.compareTo(other.topic);
      return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }
  }

  /**
   * Starts a run from the last checkpoint there is, or from nothing.
   *
   * @param skewMillis by how much its clock is wrong
   */
  PacingProcess(
      Timeline time,
      SimulatedLog log,
      Link link,
      Protocol protocol,
      EngineConfig engine,
      Checkpoints checkpoints,
      long skewMillis) {
    this.time = time;
    this.log = log;
    this.link = link;
    this.protocol = protocol;
    this.checkpoints = checkpoints;
    this.topics = engine.kafka().topics();
    this.config = protocol.pacing(engine.pacing());
    this.skewMillis = skewMillis;
    for (String topic : List.of(topics.bids(), topics.outcomes(), topics.campaigns())) {
      for (int p = 0; p < log.partitions(topic); p++) {
        positions.put(new Source(topic, p), 0L);
      }
    }
    Checkpoint last = checkpoints.restore();
    if (last == null) {
      begin();
    } else {
      restore(last);
    }
    time.after(time.between(0, 20), this::poll);
    time.after(time.between(50, 150), this::checkpoint);
  }

  private void begin() {
    bornMillis = clock();
    recoverUntilMillis =
        log.end(topics.leases(), 0) == 0
            ? 0
            : protocol.recoverUntil(config.recoverUntilMillis(bornMillis));
  }

  private void restore(Checkpoint last) {
    bornMillis = last.bornMillis();
    recoverUntilMillis = last.recoverUntilMillis();
    definitions.putAll(last.definitions());
    for (var entry : last.positions().entrySet()) {
      Source source = entry.getKey();
      positions.put(
          source, protocol.resumeAt(entry.getValue(), log.end(source.topic(), source.partition())));
    }
    for (var entry : last.pacers().entrySet()) {
      pacers.put(entry.getKey(), PacerState.read(config, entry.getValue()));
    }
  }

  /** Dies. What it has sent and is under way a little later is lost. */
  void kill() {
    dead = true;
    link.cut(time.now() + time.between(0, 40));
  }

  /** Is fenced off: it goes on for a while, but none of its checkpoints count. */
  void fadeAway(long millis) {
    time.after(millis, () -> dead = true);
  }

  /** Stands still, and goes on after a while. */
  void pause(long millis) {
    pausedUntil = Math.max(pausedUntil, time.now() + millis);
  }

  /** Reads nothing from one partition of the journal for a while. */
  void stall(int number, long millis) {
    stalledPartition = number;
    stalledUntil = time.now() + millis;
  }

  private long clock() {
    return time.now() + skewMillis;
  }

  private void poll() {
    if (dead) {
      return;
    }
    if (time.now() >= pausedUntil) {
      int number = 0;
      for (var entry : positions.entrySet()) {
        boolean stalled =
            time.now() < stalledUntil && number++ == stalledPartition % positions.size();
        if (!stalled) {
          entry.setValue(fold(entry.getKey(), entry.getValue()));
        }
      }
      tick();
    }
    time.after(time.between(3, 15), this::poll);
  }

  private long fold(Source source, long from) {
    long offset = from;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Entry entry = log.read(source.topic(), source.partition(), offset);
      if (entry == null) {
        return offset;
      }
      JournalRecord record = protocol.folded(entry.journal());
      if (record != null) {
        fold(record);
      }
      if (!source.topic().equals(topics.campaigns())) {
        PartitionTime clock = readMillis.computeIfAbsent(source, unread -> new PartitionTime());
        entry.journal().tell(clock, entry.raw.timeMillis());
        stampedMillis.merge(source, entry.raw.timeMillis(), Math::max);
      }
      offset++;
    }
    return offset;
  }

  private void fold(JournalRecord record) {
    if (record instanceof Issued issued) {
      pacer(record).bid(issued.bid(), issued.appendMillis(), issued.offset());
    } else if (record instanceof Learned learned) {
      pacer(record).outcome(learned.outcome(), learned.appendMillis(), learned.offset());
    } else if (record instanceof Beat beat && beat.leading()) {
      living.heard(beat.heartbeat(), beat.boundedMillis());
    } else if (record instanceof Defined defined) {
      define(defined);
    } else if (record instanceof Unreadable unreadable) {
      letter(unreadable.raw(), unreadable.reason());
    }
  }

  private Pacer pacer(JournalRecord record) {
    return pacers.computeIfAbsent(
        record.campaign(), id -> new Pacer(id, config, bornMillis, recoverUntilMillis));
  }

  private void define(Defined defined) {
    byte[] value = defined.raw().value();
    if (value == null) {
      pacer(defined).remove();
      return;
    }
    try {
      Campaign campaign = Configurations.campaign("campaign", value);
      if (campaign.id().equals(defined.campaign())) {
        definitions.put(campaign.id(), value);
        pacer(defined).define(campaign);
      }
    } catch (ConfigurationException e) {
      letter(defined.raw(), String.valueOf(e.getMessage()));
    }
  }

  private void letter(RawRecord raw, String reason) {
    OutRecord letter = DeadLetterCodec.record(topics.deadLetters(), raw, reason);
    link.send(letter.topic(), letter.key(), letter.value());
  }

  private void tick() {
    long bids = least(topics.bids());
    long outcomes = least(topics.outcomes());
    long event = protocol.eventMillis(bids, outcomes, clock());
    if (event < 0) {
      return;
    }
    for (Pacer pacer : pacers.values()) {
      if (pacer.nextTickMillis() <= event) {
        pacer.tick(event, living, answers);
      }
    }
    pacers.values().removeIf(Pacer::isForgettable);
  }

  /** Up to where all partitions of a topic have been read; below 0 where one has not been yet. */
  private long least(String topic) {
    long least = Long.MAX_VALUE;
    for (int p = 0; p < log.partitions(topic); p++) {
      Source source = new Source(topic, p);
      PartitionTime clock = readMillis.get(source);
      long reached = clock == null ? PartitionTime.UNKNOWN : clock.reachedMillis();
      long stamped = stampedMillis.getOrDefault(source, PartitionTime.UNKNOWN);
      least = Math.min(least, Math.max(0, protocol.partitionMillis(reached, stamped)) - 1);
    }
    return least;
  }

  private void checkpoint() {
    if (dead) {
      return;
    }
    if (time.now() >= pausedUntil) {
      List<Lease> leases = granted;
      granted = new ArrayList<>();
      Map<String, byte[]> states = new TreeMap<>();
      pacers.forEach((id, pacer) -> states.put(id, PacerState.write(pacer, definitions)));
      checkpoints.take(
          this,
          new Checkpoint(
              states,
              new TreeMap<>(definitions),
              new TreeMap<>(positions),
              leases,
              bornMillis,
              recoverUntilMillis));
    }
    time.after(time.between(80, 250), this::checkpoint);
  }

  /** The checkpoint that these leases hung on has failed. */
  void takeBack(List<Lease> leases) {
    granted.addAll(0, leases);
  }

  /** Sends what pacers answer. */
  private final class Answers implements Pacer.Output {
    @Override
    public void pacing(PacingUpdate update) {
      link.send(topics.pacing(), bytes(update.campaign()), PacingUpdateCodec.encode(update));
    }

    @Override
    public void lease(Lease lease) {
      if (protocol.leasesLeaveAtOnce()) {
        log.append(topics.leases(), bytes(lease.campaign()), LeaseCodec.encode(lease));
      } else {
        granted.add(lease);
      }
    }

    @Override
    public void feedbackAge(double millis) {}
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
