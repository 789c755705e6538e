/**
 * Bidding as a Markov decision process over values and prices together. RLB knows only the average
 * click rate of requests to come; whoever knows how rates and prices are spread, and that better
 * requests cost more, keeps money for the good ones among them.
 *
 * <p>Begin with {@link io.dualbid.core.joint.JointTable}, solved from a {@link
 * io.dualbid.core.joint.JointDistribution}, and {@link io.dualbid.core.joint.JointBid}, which bids
 * by it. {@link io.dualbid.core.joint.EpisodeLearner} learns the distribution from earlier episodes
 * and solves anew before each. Prices and budgets are whole units of a log.
 */
@NullMarked
package io.dualbid.core.joint;

import org.jspecify.annotations.NullMarked;
