package io.dualbid.simulator.audit;

import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.kafka.KafkaClients;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;

/** The topics of an engine on Kafka, which may be running. */
final class KafkaJournal implements JournalSource {
  private final KafkaClients clients;

  KafkaJournal(KafkaClients clients) {
    this.clients = clients;
  }

  @Override
  public Cut cut(String topic) {
    return TopicScan.cut(clients, topic);
  }

  /**
   * The engine acknowledges answers before it commits its position, so what lies before that is
   * answered.
   */
  @Override
  public Predicate<RequestPlace> done(String requestTopic, String group) {
    Map<Integer, Long> positions = new HashMap<>();
    try (Admin admin = clients.newAdmin()) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, committed) -> {
                if (committed != null && partition.topic().equals(requestTopic)) {
                  positions.put(partition.partition(), committed.offset());
                }
              });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      String remedy =
          e.getCause() instanceof GroupAuthorizationException
              ? "; grant the auditor Describe on it, see dualbid topics --acls"
              : "";
      throw new KafkaException(
          "the position of the group " + group + " can't be read" + remedy, e.getCause());
    }
    return place -> place.offset() < positions.getOrDefault(place.partition(), 0L);
  }
}
