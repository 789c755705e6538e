package io.dualbid.simulator.chaos;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Hash;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.record.JournalRecord;
import io.dualbid.stream.record.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A broker's topics: partitions with offsets and append times. The partitions lie on brokers whose
 * clocks differ, and may step ahead and back again. A record is seen by readers once it is
 * appended; what is written within a transaction is appended here at its commit.
 */
final class SimulatedLog {
  /** Partitions of each topic but those of control, which have one. */
  static final int PARTITIONS = 2;

  /** All brokers at once, as where they follow one source of time. */
  static final int EVERY_BROKER = -1;

  private final Timeline time;
  private final JournalDecoder decoder;
  private final Map<String, List<Partition>> topics = new TreeMap<>();
  private final Consumer<Entry> watcher;
  private final TreeMap<Long, Map<Integer, Long>> committed = new TreeMap<>();
  private long appended;

  /** A record, decoded once for all who read it as part of the journal. */
  static final class Entry {
    final RawRecord raw;

    /** The how manyth record of all topics it is, from 0. */
    final long number;

    private final JournalDecoder decoder;
    private @Nullable JournalRecord decoded;

    Entry(RawRecord raw, long number, JournalDecoder decoder) {
      this.raw = raw;
      this.number = number;
      this.decoder = decoder;
    }

    JournalRecord journal() {
      JournalRecord known = decoded;
      if (known == null) {
        known = decoder.decode(raw);
        decoded = known;
      }
      return known;
    }
  }

  /** One partition. */
  private static final class Partition {
    final List<Entry> entries = new ArrayList<>();
    final long skewMillis;
    long aheadMillis;

    Partition(long skewMillis) {
      this.skewMillis = skewMillis;
    }
  }

  /**
   * Empty topics.
   *
   * @param mostSkewMillis by how much the clocks of two brokers may differ
   * @param watcher is shown each record when it is appended
   */
  SimulatedLog(Timeline time, Topics names, long mostSkewMillis, Consumer<Entry> watcher) {
    this.time = time;
    this.decoder = new JournalDecoder(names);
    this.watcher = watcher;
    for (String topic :
        List.of(names.bidRequests(), names.bids(), names.outcomes(), names.noBids())) {
      topics.put(topic, partitions(PARTITIONS, mostSkewMillis));
    }
    for (String topic :
        List.of(names.campaigns(), names.pacing(), names.leases(), names.deadLetters())) {
      topics.put(topic, partitions(1, mostSkewMillis));
    }
  }

  private List<Partition> partitions(int count, long mostSkewMillis) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partitions.add(new Partition(time.between(-mostSkewMillis / 2, mostSkewMillis / 2)));
    }
    return partitions;
  }

  /** Appends a record by its key. */
  void append(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    append(topic, partition(topic, key), key, value);
  }

  /** The partition in which records of this key lie. */
  int partition(String topic, byte @Nullable [] key) {
    int count = partitions(topic);
    String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    return (int) Math.floorMod(Hash.of(text, 0), (long) count);
  }

  /** Appends a record to a partition. */
  void append(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
    Partition target = of(topic).get(partition);
    long stamp = time.now() + target.skewMillis + target.aheadMillis;
    RawRecord raw = new RawRecord(topic, partition, target.entries.size(), stamp, key, value);
    Entry entry = new Entry(raw, appended++, decoder);
    target.entries.add(entry);
    watcher.accept(entry);
  }

  /**
   * The clocks of brokers are ahead from now on.
   *
   * @param broker the one that has the partitions of this number, or {@link #EVERY_BROKER}
   * @param millis by how much, beside what they always differ; 0 where they are right again
   */
  void stepClock(int broker, long millis) {
    for (List<Partition> partitions : topics.values()) {
      for (int p = 0; p < partitions.size(); p++) {
        if (broker == EVERY_BROKER || p % PARTITIONS == broker) {
          partitions.get(p).aheadMillis = millis;
        }
      }
    }
  }

  /** How many partitions a topic has. */
  int partitions(String topic) {
    return of(topic).size();
  }

  /** The record at an offset, or null where there is none yet. */
  @Nullable Entry read(String topic, int partition, long offset) {
    List<Entry> entries = of(topic).get(partition).entries;
    return offset < entries.size() ? entries.get((int) offset) : null;
  }

  /** The offset after the last record. */
  long end(String topic, int partition) {
    return of(topic).get(partition).entries.size();
  }

  /** The first offset of a record not older than this. */
  long offsetAt(String topic, int partition, long timeMillis) {
    List<Entry> entries = of(topic).get(partition).entries;
    int offset = entries.size();
    while (offset > 0 && entries.get(offset - 1).raw.timeMillis() >= timeMillis) {
      offset--;
    }
    return offset;
  }

  /**
   * Hands on all records of a topic, partition by partition, and says how many. Topics that nobody
   * here writes, such as those of texts, have none.
   */
  long scan(String topic, Consumer<RawRecord> reader) {
    long count = 0;
    for (Partition partition : topics.getOrDefault(topic, List.of())) {
      for (Entry entry : partition.entries) {
        reader.accept(entry.raw);
        count++;
      }
    }
    return count;
  }

  /** The same of what was there when {@code moment} records had been appended to all topics. */
  long scan(String topic, long moment, Consumer<RawRecord> reader) {
    long count = 0;
    for (Partition partition : topics.getOrDefault(topic, List.of())) {
      for (Entry entry : partition.entries) {
        if (entry.number < moment) {
          reader.accept(entry.raw);
          count++;
        }
      }
    }
    return count;
  }

  /** How many records have been appended to all topics. */
  long moment() {
    return appended;
  }

  /** Commits the positions of the bidders in the requests. */
  void commit(Map<Integer, Long> positions) {
    Map<Integer, Long> all = new TreeMap<>(committedAt(appended));
    positions.forEach((partition, offset) -> all.merge(partition, offset, Math::max));
    committed.put(appended, all);
  }

  /** What was committed when {@code moment} records had been appended to all topics. */
  Map<Integer, Long> committedAt(long moment) {
    Map.Entry<Long, Map<Integer, Long>> last = committed.floorEntry(moment);
    return last == null ? Map.of() : last.getValue();
  }

  private List<Partition> of(String topic) {
    List<Partition> found = topics.get(topic);
    if (found == null) {
      throw new IllegalArgumentException("no topic " + topic);
    }
    return found;
  }
}
