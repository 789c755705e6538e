package io.dualbid.stream.record;

import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from Kafka. The arrays are not copied; nobody changes them.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset its offset
 * @param timeMillis its timestamp
 * @param key its key, or null
 * @param value its value, or null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes travel on as they are
public record RawRecord(
    String topic,
    int partition,
    long offset,
    long timeMillis,
    byte @Nullable [] key,
    byte @Nullable [] value) {}
