/**
 * Online allocation of scarce resources: each request is answered for good before the next is seen,
 * and a price on every resource, moved by dual mirror descent, says what giving it away now costs
 * later.
 *
 * <p>Begin with {@link io.dualbid.core.allocation.OnlineAllocator}, the general form; {@link
 * io.dualbid.core.allocation.ShadowPrices} and {@link io.dualbid.core.allocation.Horizon} are its
 * parts. Three applications: {@link io.dualbid.core.allocation.BidPriceControl} (network revenue
 * management), {@link io.dualbid.core.allocation.ProportionalMatching} (fractional, with entropy)
 * and {@link io.dualbid.core.allocation.PersonalisedAssortment} (multinomial logit). {@link
 * io.dualbid.core.allocation.DualBound} certifies how much was possible at most.
 */
@NullMarked
package io.dualbid.core.allocation;

import org.jspecify.annotations.NullMarked;
