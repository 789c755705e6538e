/**
 * The placement job: requests for ads in content in, placements and promises to pay out. Begin with
 * {@link io.dualbid.stream.placement.PlacementJob}.
 */
@NullMarked
package io.dualbid.stream.placement;

import org.jspecify.annotations.NullMarked;
