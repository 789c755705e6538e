package io.dualbid.stream.topics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What a topic has to be.
 *
 * @param name of the topic
 * @param partitions it is created with
 * @param replicas it is created with
 * @param needs settings that the protocol rests on: a topic without them is refused
 * @param wishes further settings it is created with; whoever runs the cluster may change them
 * @param onePartition whether its readers need one order of all records
 */
public record TopicSpec(
    String name,
    int partitions,
    short replicas,
    SortedMap<String, String> needs,
    SortedMap<String, String> wishes,
    boolean onePartition) {

  public TopicSpec {
    needs = Collections.unmodifiableSortedMap(new TreeMap<>(needs));
    wishes = Collections.unmodifiableSortedMap(new TreeMap<>(wishes));
  }

  /** All settings that it is created with, by their Kafka names. */
  public SortedMap<String, String> settings() {
    TreeMap<String, String> all = new TreeMap<>(wishes);
    all.putAll(needs);
    return Collections.unmodifiableSortedMap(all);
  }

  /** What a broker is asked to create. */
  NewTopic asNew() {
    return new NewTopic(name, partitions, replicas).configs(settings());
  }
}
