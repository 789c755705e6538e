package io.dualbid.simulator.chaos;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way of one process's records to the brokers. Records to one partition arrive in the order in
 * which they were sent; those to different ones overtake each other. When the process dies, what is
 * under way at the cut is lost.
 */
final class Link {
  private final Timeline time;
  private final SimulatedLog log;
  private final Weather weather;
  private final Map<String, Long> lastArrival = new HashMap<>();
  private long cutMillis = Long.MAX_VALUE;

  Link(Timeline time, SimulatedLog log, Weather weather) {
    this.time = time;
    this.log = log;
    this.weather = weather;
  }

  /** Sends a record by its key. */
  void send(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    send(topic, log.partition(topic, key), key, value);
  }

  /** Sends a record to a partition. */
  void send(String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
    String way = topic + "/" + partition;
    long earliest = time.now() + weather.delayMillis(time);
    long arrival = Math.max(earliest, lastArrival.getOrDefault(way, 0L));
    lastArrival.put(way, arrival);
    time.at(
        arrival,
        () -> {
          if (time.now() <= cutMillis) {
            log.append(topic, partition, key, value);
          }
        });
  }

  /** When everything that has been sent so far will have arrived. */
  long allArrived() {
    long last = time.now();
    for (long arrival : lastArrival.values()) {
      last = Math.max(last, arrival);
    }
    return last;
  }

  /** Nothing arrives after this moment. */
  void cut(long timeMillis) {
    cutMillis = timeMillis;
  }
}
