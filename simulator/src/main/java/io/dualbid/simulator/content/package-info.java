/**
 * Generated content whose readers meet ads: asks the placement job for them, shows what is promised
 * in time, and draws clicks. Begin with {@link io.dualbid.simulator.content.ContentExchange}.
 */
@NullMarked
package io.dualbid.simulator.content;

import org.jspecify.annotations.NullMarked;
