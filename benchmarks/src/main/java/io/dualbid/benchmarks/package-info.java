/**
 * Benchmarks: decisions by JMH, the stream against an identity job.
 *
 * <p>Begin with {@link io.dualbid.benchmarks.BidderBenchmark} and {@link
 * io.dualbid.benchmarks.StreamThroughput}.
 */
@NullMarked
package io.dualbid.benchmarks;

import org.jspecify.annotations.NullMarked;
