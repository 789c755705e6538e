package io.dualbid.simulator.chaos;

import io.dualbid.simulator.audit.JournalSource;
import io.dualbid.stream.codec.RequestPlace;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;

/**
 * A log as an audit finds it while it grows: between two questions any number of records may have
 * been appended, or none.
 */
final class RunningLog implements JournalSource {
  private final SimulatedLog log;
  private final LongUnaryOperator moments;
  private long moment;

  /**
   * A log that is asked from any moment on.
   *
   * @param moments draws a number from 0 up to but without the one that it is given
   */
  RunningLog(SimulatedLog log, LongUnaryOperator moments) {
    this.log = log;
    this.moments = moments;
    moment = moments.applyAsLong(log.moment() + 1);
  }

  @Override
  public Cut cut(String topic) {
    long end = later();
    return taker -> log.scan(topic, end, taker);
  }

  @Override
  public Predicate<RequestPlace> done(String requestTopic, String group) {
    Map<Integer, Long> positions = new TreeMap<>(log.committedAt(later()));
    return place -> place.offset() < positions.getOrDefault(place.partition(), 0L);
  }

  /** Mostly little happens between two questions, and sometimes much. */
  private long later() {
    long left = log.moment() - moment;
    long most = moments.applyAsLong(2) == 0 ? Math.min(left, 20) : left / 4;
    moment += moments.applyAsLong(most + 1);
    return moment;
  }
}
