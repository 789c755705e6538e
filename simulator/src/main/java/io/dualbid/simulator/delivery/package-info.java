/**
 * What a campaign's journal says of its delivery, for its advertiser: spend against plan by hour,
 * costs, return, reach and frequency, and what more budget would have bought.
 *
 * <p>Begin with {@link io.dualbid.simulator.delivery.Delivery}.
 */
@NullMarked
package io.dualbid.simulator.delivery;

import org.jspecify.annotations.NullMarked;
