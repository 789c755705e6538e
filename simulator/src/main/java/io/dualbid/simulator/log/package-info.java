/**
 * Logs of auctions in files: formats, their rows, many files as one stream in the order of time.
 *
 * <p>Begin with {@link io.dualbid.simulator.log.LogStream}, which reads; {@link
 * io.dualbid.simulator.log.Column} says what a row may hold, {@link
 * io.dualbid.simulator.log.LogFormat} in which formats. {@link io.dualbid.simulator.log.AuctionLog}
 * keeps what a replay needs of the rows, in memory as long as they are few and else in a file, so
 * that they can be gone through as often as wished.
 */
@NullMarked
package io.dualbid.simulator.log;

import org.jspecify.annotations.NullMarked;
