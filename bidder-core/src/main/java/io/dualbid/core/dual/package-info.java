/**
 * Shadow prices: one dual variable per constraint, moved by mirror descent.
 *
 * <p>Begin with {@link io.dualbid.core.dual.DualVariable}; {@link io.dualbid.core.dual.MirrorMap}
 * says how a step moves it, {@link io.dualbid.core.dual.StepSize} how far.
 */
@NullMarked
package io.dualbid.core.dual;

import org.jspecify.annotations.NullMarked;
