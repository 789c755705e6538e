/**
 * Click weights learned from logs of clicks, by maximum likelihood under each user model.
 *
 * <p>Begin with {@link io.dualbid.simulator.fit.Calibration}; {@link
 * io.dualbid.simulator.fit.ClickModel} is what a user model has to tell, {@link
 * io.dualbid.simulator.fit.ClickLog} reads and makes logs.
 */
@NullMarked
package io.dualbid.simulator.fit;

import org.jspecify.annotations.NullMarked;
