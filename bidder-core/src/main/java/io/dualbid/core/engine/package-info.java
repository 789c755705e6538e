/**
 * The two facades that hosts call: a bidder answers requests, a {@link
 * io.dualbid.core.engine.Pacer} folds what became of the answers. A streaming job, a replay and a
 * test drive the same objects.
 */
@NullMarked
package io.dualbid.core.engine;

import org.jspecify.annotations.NullMarked;
