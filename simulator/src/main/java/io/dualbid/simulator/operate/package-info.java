/**
 * The operator's day: what a changed definition means, how it is published with its author and
 * reason, and how to go back. There is no database: the topics are the truth.
 *
 * <p>Begin with {@link io.dualbid.simulator.operate.CampaignPublisher}.
 */
@NullMarked
package io.dualbid.simulator.operate;

import org.jspecify.annotations.NullMarked;
