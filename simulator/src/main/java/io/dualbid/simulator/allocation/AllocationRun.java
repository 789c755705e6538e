package io.dualbid.simulator.allocation;

/**
 * What came of a policy under one seed.
 *
 * @param policy its name
 * @param seed of coins, ranks and lost outcomes
 * @param arrivals number of arrivals
 * @param assigned how many were assigned
 * @param successes how many of those succeeded, and were told
 * @param wasted arrivals that had options of which none was left
 * @param value what the successes brought
 * @param consumed what they used of campaigns with a capacity, in units
 * @param untold successes of which nobody heard: they brought nothing and used nothing
 * @param offline what whoever knew the coins could have had at most; NaN where that is not known
 * @param seconds it took
 */
public record AllocationRun(
    String policy,
    long seed,
    long arrivals,
    long assigned,
    long successes,
    long wasted,
    double value,
    double consumed,
    long untold,
    double offline,
    double seconds) {
  /** Arrivals a second. */
  public double arrivalsPerSecond() {
    return arrivals / seconds;
  }
}
