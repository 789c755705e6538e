/** Runs the loop once in memory before the first request, so that a cold JVM misses no deadline. */
@NullMarked
package io.dualbid.stream.rehearsal;

import org.jspecify.annotations.NullMarked;
