/** Tests of runs with real processes, and of what is made of their books. */
@NullMarked
package io.dualbid.simulator.outage;

import org.jspecify.annotations.NullMarked;
