package io.dualbid.stream.kafka;

import io.dualbid.core.configuration.EngineConfig.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A broker of which the test tells what there is: two partitions of each topic of the journal. */
public final class ToldBroker implements BrokerView {
  private static final long serialVersionUID = 1L;

  private final Map<String, Long> last;
  private final boolean leasesWritten;

  private ToldBroker(Map<String, Long> last, boolean leasesWritten) {
    this.last = new HashMap<>(last);
    this.leasesWritten = leasesWritten;
  }

  /** One on which nothing was ever written. */
  public static ToldBroker empty() {
    return new ToldBroker(Map.of(), false);
  }

  /** One that holds definitions and updates up to these offsets. */
  public static ToldBroker upTo(Topics topics, long campaigns, long pacing) {
    return new ToldBroker(Map.of(topics.campaigns(), campaigns, topics.pacing(), pacing), false);
  }

  /** One on which leases were made out before. */
  public static ToldBroker withLeases() {
    return new ToldBroker(Map.of(), true);
  }

  @Override
  public Start start(List<String> journal, List<String> control) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (String topic : control) {
      Long end = last.get(topic);
      if (end != null) {
        ends.put(new TopicPartition(topic, 0), end);
      }
    }
    List<TopicPartition> partitions =
        journal.stream()
            .flatMap(
                topic ->
                    List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1)).stream())
            .toList();
    return new Start(partitions, ends);
  }

  @Override
  public boolean everWritten(String topic) {
    return leasesWritten;
  }
}
