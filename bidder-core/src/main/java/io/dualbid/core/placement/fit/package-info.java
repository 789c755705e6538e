/**
 * How well a creative fits a place in content, and how often it is clicked there. An {@link
 * io.dualbid.core.placement.fit.Embedder} turns texts into vectors, their cosine measures fit,
 * {@link io.dualbid.core.placement.fit.ClickWeights} turns fit and position into a click weight.
 *
 * <p>Begin with {@link io.dualbid.core.placement.fit.FitModel}.
 */
@NullMarked
package io.dualbid.core.placement.fit;

import org.jspecify.annotations.NullMarked;
