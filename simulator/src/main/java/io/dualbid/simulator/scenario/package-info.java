/**
 * What to simulate: a market, campaigns and the policies to compare, as a YAML file says it.
 *
 * <p>Begin with {@link io.dualbid.simulator.scenario.Scenario}; {@link
 * io.dualbid.simulator.scenario.ScenarioReader} reads it, {@link
 * io.dualbid.simulator.scenario.PolicyText} reads policies.
 */
@NullMarked
package io.dualbid.simulator.scenario;

import org.jspecify.annotations.NullMarked;
