/**
 * A Kafka broker and a Flink cluster within this JVM: for running everything on one machine and for
 * tests against real parts.
 *
 * <p>Needs {@code kafka_2.13} and its server modules on the class path, which the job jar leaves
 * out.
 */
@NullMarked
package io.dualbid.stream.embedded;

import org.jspecify.annotations.NullMarked;
