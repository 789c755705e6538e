/** The entry point of the job jar, for {@code flink run}. */
@NullMarked
package io.dualbid.stream.launch;

import org.jspecify.annotations.NullMarked;
