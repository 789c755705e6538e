package io.dualbid.stream.record;

import io.dualbid.core.model.Bid;
import io.dualbid.core.model.Heartbeat;
import io.dualbid.core.model.Outcome;
import io.dualbid.core.pacing.PartitionTime;

/**
 * A record that the pacing job folds, decoded where it was read.
 *
 * <p>A closed choice: a bid or an outcome of the journal, a heartbeat, a campaign's definition, or
 * a record that can't be read.
 */
public sealed interface JournalRecord {
  /** The campaign whose fold takes it; empty for heartbeats and for what can't be read. */
  String campaign();

  /**
   * Tells the time of the partition that it was read from.
   *
   * @param appendMillis when the broker appended it
   * @return when it was appended, as far as bidders' clocks bear it out; see {@link
   *     PartitionTime#appended}
   */
  default long tell(PartitionTime time, long appendMillis) {
    if (this instanceof Beat beat) {
      time.vouched(beat.heartbeat().timeMillis(), appendMillis);
    } else if (this instanceof Issued issued) {
      time.vouched(issued.bid().decidedMillis(), appendMillis);
    }
    return time.appended(appendMillis);
  }

  /**
   * A bid.
   *
   * @param offset its offset in the one partition that holds the campaign's bids
   * @param appendMillis when the broker appended it
   */
  record Issued(Bid bid, long offset, long appendMillis) implements JournalRecord {
    @Override
    public String campaign() {
      return bid.campaign();
    }
  }

  /**
   * An outcome.
   *
   * @param offset its offset in the one partition that holds the campaign's outcomes
   * @param appendMillis when the broker appended it
   */
  record Learned(Outcome outcome, long offset, long appendMillis) implements JournalRecord {
    @Override
    public String campaign() {
      return outcome.campaign();
    }
  }

  /**
   * A sign of life of a bidding subtask.
   *
   * <p>It is written to every partition of the journal, to move event time; one of the copies, the
   * leading one, stands for all.
   *
   * @param appendMillis when the broker appended it
   * @param leading whether it is the copy that stands for all
   */
  record Beat(Heartbeat heartbeat, long appendMillis, boolean leading) implements JournalRecord {
    /** When it was appended, as far as its own clock bears it out. */
    public long boundedMillis() {
      return PartitionTime.bounded(appendMillis, heartbeat.timeMillis());
    }

    @Override
    public String campaign() {
      return "";
    }
  }

  /**
   * A campaign defined anew, or withdrawn.
   *
   * @param raw the record; a null value withdraws the campaign
   */
  record Defined(String campaign, RawRecord raw) implements JournalRecord {}

  /**
   * A record that can't be read.
   *
   * @param raw the record
   * @param reason what is wrong with it, and where
   */
  record Unreadable(RawRecord raw, String reason) implements JournalRecord {
    @Override
    public String campaign() {
      return "";
    }
  }
}
