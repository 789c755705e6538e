/**
 * The HTTP server that the engine's own ports share, with a bound on everything that callers can
 * take.
 */
@NullMarked
package io.dualbid.stream.http;

import org.jspecify.annotations.NullMarked;
