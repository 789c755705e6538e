/**
 * Laws of advertisers' values per click, and what an auction that seeks revenue makes of them:
 * ironed virtual values and reserves. Begin with {@link
 * io.dualbid.core.placement.value.ValueDistribution}.
 */
@NullMarked
package io.dualbid.core.placement.value;

import org.jspecify.annotations.NullMarked;
