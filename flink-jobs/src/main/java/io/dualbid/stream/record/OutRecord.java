package io.dualbid.stream.record;

import org.jspecify.annotations.Nullable;

/**
 * A record to be written to Kafka.
 *
 * @param topic the topic
 * @param partition the partition, or {@link #BY_KEY}
 * @param key its key, or null
 * @param value its value, or null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes travel on as they are
public record OutRecord(
    String topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
  /** The partition follows from the key. */
  public static final int BY_KEY = -1;
}
