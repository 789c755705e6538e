/**
 * Fuzzing: every reader of what others write, fed with whatever comes.
 *
 * <p>A target has a method {@code fuzzerTestOneInput(byte[])}, as Jazzer calls it; {@code
 * benchmarks/fuzz} runs them for as long as wished, guided by coverage. In the build {@link
 * io.dualbid.simulator.fuzz.FuzzTest} feeds each with its seeds and some thousands of their
 * mutations, always the same.
 */
@NullMarked
package io.dualbid.simulator.fuzz;

import org.jspecify.annotations.NullMarked;
