/** What could have been had with hindsight: the measure of every policy. */
@NullMarked
package io.dualbid.simulator.hindsight;

import org.jspecify.annotations.NullMarked;
