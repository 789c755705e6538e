/**
 * Where opportunities come from: real auction logs, files of real requests, generated traffic. Each
 * knows, beside the request that bidders see, what only the world knows: competing bids and whether
 * the user would click.
 *
 * <p>Begin with {@link io.dualbid.simulator.world.World}.
 */
@NullMarked
package io.dualbid.simulator.world;

import org.jspecify.annotations.NullMarked;
