/** Micrometer meters of every stage, and the endpoint at which Prometheus reads them. */
@NullMarked
package io.dualbid.stream.metrics;

import org.jspecify.annotations.NullMarked;
