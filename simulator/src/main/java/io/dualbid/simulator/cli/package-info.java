/**
 * The command line, {@code ./dualbid}.
 *
 * <p>Begin with {@link io.dualbid.simulator.cli.Main}; each command is a class of its own.
 */
@NullMarked
package io.dualbid.simulator.cli;

import org.jspecify.annotations.NullMarked;
