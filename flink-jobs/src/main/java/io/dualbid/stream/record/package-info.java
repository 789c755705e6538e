/**
 * What flows between the operators of a job: records as they came from Kafka, records for Kafka,
 * and decoded records of the journal. Each has a serializer of its own; none falls back to Kryo.
 */
@NullMarked
package io.dualbid.stream.record;

import org.jspecify.annotations.NullMarked;
