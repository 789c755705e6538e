package io.dualbid.simulator.chaos;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Lease;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.stream.record.JournalRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which hosts hand records between the engine and the log. Here they are as they
 * should be. A test that wants to know whether the simulation has teeth breaks one of them.
 */
class Protocol {
  /** The settings that pacers go by. */
  PacingConfig pacing(PacingConfig settings) {
    return settings;
  }

  /** What a bidder takes a lease for that it has read. */
  Lease received(Lease lease, long incarnation) {
    return lease;
  }

  /** What a bidder writes as its bid. */
  byte[] issued(byte[] bid) {
    return bid;
  }

  /** What a pacer folds for a record of the journal; null for nothing. */
  @Nullable JournalRecord folded(JournalRecord record) {
    return record;
  }

  /**
   * Event time of one partition of the journal.
   *
   * @param reachedMillis the latest append time as far as bidders' clocks bear it out
   * @param stampedMillis the latest append time
   */
  long partitionMillis(long reachedMillis, long stampedMillis) {
    return reachedMillis;
  }

  /**
   * Event time of pacing.
   *
   * @param bidsMillis up to where all partitions of bids have been read
   * @param outcomesMillis up to where all partitions of outcomes have been read
   * @param clockMillis the host's clock
   */
  long eventMillis(long bidsMillis, long outcomesMillis, long clockMillis) {
    return Math.min(bidsMillis, outcomesMillis);
  }

  /** Whether a lease may be seen before the checkpoint that holds it is durable. */
  boolean leasesLeaveAtOnce() {
    return false;
  }

  /** The lease that is written for one that was granted. */
  Lease written(Lease lease) {
    return lease;
  }

  /** Until when a life without saved state only recovers. */
  long recoverUntil(long millis) {
    return millis;
  }

  /** Where reading resumes after a restore. */
  long resumeAt(long savedOffset, long readOffset) {
    return savedOffset;
  }

  /** Whether the exchange takes a bid. */
  boolean accepts(Bid bid, long appendMillis) {
    return bid.validAt(appendMillis);
  }
}
