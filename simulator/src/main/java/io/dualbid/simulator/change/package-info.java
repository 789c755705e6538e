/**
 * What a change of campaigns comes to, in words, before it is applied: what changes for whom, what
 * is expected of it, and what is risky about it.
 */
@NullMarked
package io.dualbid.simulator.change;

import org.jspecify.annotations.NullMarked;
