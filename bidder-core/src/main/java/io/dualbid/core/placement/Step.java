package io.dualbid.core.placement;

/**
 * A jump of an ad's click probability as it bids more.
 *
 * @param value the bid at which it jumps, in account currency per click
 * @param score that bid's score: the bid itself, or its ironed virtual value
 * @param jump of the click probability, above 0
 */
public record Step(double value, double score, double jump) {}
