package io.dualbid.simulator.journal;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.simulator.audit.TopicScan;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.record.RawRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All records of the topics from which a bidder decides and into which it answers, found by topic,
 * partition and offset. Held in memory: some 2 kB a request.
 */
public final class Journal {
  private record Place(String topic, int partition) {}

  private final EngineConfig engine;
  private final Map<Place, List<RawRecord>> partitions = new HashMap<>();

  /**
   * An empty journal.
   *
   * @param engine the settings under which it was written
   */
  public Journal(EngineConfig engine) {
    this.engine = engine;
  }

  /** Reads the journal of an engine from its cluster. */
  public static Journal of(EngineConfig engine) {
    Journal journal = new Journal(engine);
    scan(engine, journal::add);
    return journal;
  }

  /** Hands on every record of an engine's topics, in order within each partition. */
  static void scan(EngineConfig engine, Consumer<RawRecord> reader) {
    KafkaClients clients = KafkaClients.of(engine);
    Topics topics = engine.kafka().topics();
    for (String topic :
        List.of(
            topics.campaigns(),
            topics.pacing(),
            topics.leases(),
            topics.outcomes(),
            topics.bidRequests(),
            topics.bids(),
            topics.noBids(),
            topics.deadLetters())) {
      TopicScan.read(clients, topic, reader);
    }
  }

  /** Adds a record. */
  public void add(RawRecord record) {
    Place place = new Place(record.topic(), record.partition());
    List<RawRecord> records = partitions.computeIfAbsent(place, p -> new ArrayList<>());
    if (!records.isEmpty() && records.get(records.size() - 1).offset() >= record.offset()) {
      throw new IllegalArgumentException(
          "offset "
              + record.offset()
              + " of "
              + record.topic()
              + "/"
              + record.partition()
              + " does not follow the one before");
    }
    records.add(record);
  }

  /** The settings under which it was written. */
  public EngineConfig engine() {
    return engine;
  }

  /** All records of a topic, partition by partition. */
  public List<RawRecord> records(String topic) {
    return partitions.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .sorted(Comparator.comparingInt(entry -> entry.getKey().partition()))
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** The record at an offset, or null where there is none. */
  public @Nullable RawRecord at(String topic, int partition, long offset) {
    List<RawRecord> records = partitions.getOrDefault(new Place(topic, partition), List.of());
    int place = place(records, offset);
    return place < records.size() && records.get(place).offset() == offset
        ? records.get(place)
        : null;
  }

  /** The records of a partition from one offset to another, both included. */
  public List<RawRecord> between(String topic, int partition, long first, long last) {
    List<RawRecord> records = partitions.getOrDefault(new Place(topic, partition), List.of());
    int from = place(records, first);
    int to = from;
    while (to < records.size() && records.get(to).offset() <= last) {
      to++;
    }
    return records.subList(from, to);
  }

  /** Index of the first record at or after an offset. */
  private static int place(List<RawRecord> records, long offset) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
