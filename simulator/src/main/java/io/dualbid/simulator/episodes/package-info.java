/**
 * Rules that bid by the auctions and the money left: those that results were published for, and one
 * that learns. They play in episodes or with one budget for a whole log, in whole units of it.
 *
 * <p>Begin with {@link io.dualbid.simulator.episodes.EpisodePolicy}, which reads a rule's name and
 * options, and {@link io.dualbid.simulator.episodes.EpisodeBidders}, which makes the rule.
 */
@NullMarked
package io.dualbid.simulator.episodes;

import org.jspecify.annotations.NullMarked;
