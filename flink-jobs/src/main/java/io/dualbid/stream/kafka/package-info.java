/** How the jobs read from and write to Kafka. */
@NullMarked
package io.dualbid.stream.kafka;

import org.jspecify.annotations.NullMarked;
