package io.dualbid.core.matching;

/**
 * Decides events of given probability: by random numbers, or, to reckon a law, one way and then the
 * other.
 */
@FunctionalInterface
public interface Chance {
  /** Whether an event of this probability, in (0, 1), happens. */
  boolean happens(double probability);
}
