/**
 * The facades that hosts call: a {@link io.dualbid.core.engine.Bidder} answers bid requests, a
 * {@link io.dualbid.core.engine.Placer} requests for ads in texts, a {@link
 * io.dualbid.core.engine.Pacer} folds what became of the answers. A streaming job, a replay and a
 * test drive the same objects.
 */
@NullMarked
package io.dualbid.core.engine;

import org.jspecify.annotations.NullMarked;
