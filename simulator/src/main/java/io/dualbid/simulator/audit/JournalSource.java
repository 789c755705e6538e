package io.dualbid.simulator.audit;

import io.dualbid.stream.codec.RequestPlace;
import io.dualbid.stream.record.RawRecord;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Where an audit reads the topics of an engine. It marks the ends of all topics before it reads
 * what lies before them, so that what is appended meanwhile doesn't count.
 */
public interface JournalSource {
  /** Marks where a topic ends now. */
  Cut cut(String topic);

  /**
   * Which requests the engine is done with now: their answers are in the journal.
   *
   * @param requestTopic where they are
   * @param group the consumer group under which the engine commits its position in them
   */
  Predicate<RequestPlace> done(String requestTopic, String group);

  /** A topic up to where it ended at one moment. */
  @FunctionalInterface
  interface Cut {
    /** Hands on every record, in order within each partition, and says how many. */
    long read(Consumer<RawRecord> taker);

    /** Whether nothing has been deleted from the topic's beginning. */
    default boolean isWhole() {
      return true;
    }
  }

  /** The topics of an engine at rest, which is done with every request. */
  static JournalSource atRest(Audit.Reader reader) {
    return new JournalSource() {
      @Override
      public Cut cut(String topic) {
        return taker -> reader.read(topic, taker);
      }

      @Override
      public Predicate<RequestPlace> done(String requestTopic, String group) {
        return place -> true;
      }
    };
  }
}
