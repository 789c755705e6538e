/**
 * The live page: it reads topics with consumers of its own and shows what it reads. Begin with
 * {@link io.dualbid.simulator.console.ConsoleServer}.
 */
@NullMarked
package io.dualbid.simulator.console;

import org.jspecify.annotations.NullMarked;
