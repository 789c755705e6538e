package io.dualbid.core.landscape;

/**
 * One step of a landscape.
 *
 * @param price a bid in account currency, at least 0
 * @param probability that this bid wins, 0 to 1
 */
public record PricePoint(double price, double probability) {}
