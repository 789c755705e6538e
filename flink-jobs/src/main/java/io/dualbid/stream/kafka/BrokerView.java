package io.dualbid.stream.kafka;

import io.dualbid.core.configuration.EngineConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What an operator asks the broker when it starts, before any record comes. */
public interface BrokerView extends Serializable {
  /**
   * What there was at the start.
   *
   * @param journal the partitions of the journal
   * @param last the offset of the last record of each partition of the control topics that has one
   */
  record Start(List<TopicPartition> journal, Map<TopicPartition, Long> last) {
    /** Copies the collections. */
    public Start {
      journal = List.copyOf(journal);
      last = Map.copyOf(last);
    }
  }

  /**
   * Looks at the topics.
   *
   * @param journal topics whose partitions are wanted
   * @param control topics whose last readable records are
   */
  Start start(List<String> journal, List<String> control);

  /** Whether anything was ever written to a topic, even if it is gone since. */
  boolean everWritten(String topic);

  /** The view of a real broker. */
  static BrokerView of(EngineConfig engine) {
    return new BrokerView() {
      private static final long serialVersionUID = 1L;

      @Override
      public Start start(List<String> journal, List<String> control) {
        // Committed, as the source reads: a record that was never published would be waited for.
        try (var consumer = KafkaClients.of(engine).newCommittedConsumer()) {
          List<TopicPartition> partitions = new ArrayList<>();
          for (String topic : journal) {
            consumer
                .partitionsFor(topic)
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
          }
          return new Start(partitions, LastReadableOffsets.of(consumer, control));
        }
      }

      @Override
      public boolean everWritten(String topic) {
        return KafkaClients.of(engine).everWritten(topic);
      }
    };
  }
}
