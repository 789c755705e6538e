package io.dualbid.stream.bidding;

import io.dualbid.core.configuration.EngineConfig.Topics;
import io.dualbid.core.model.Outcome;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.record.JournalRecord.Learned;
import io.dualbid.stream.record.RawRecord;
import org.apache.flink.api.common.functions.FilterFunction;

/** Lets wins through that count towards a frequency cap, so that the others need not go to all. */
final class CountedWins implements FilterFunction<RawRecord> {
  private static final long serialVersionUID = 1L;

  private final JournalDecoder decoder;

  CountedWins(Topics topics) {
    decoder = new JournalDecoder(topics);
  }

  @Override
  public boolean filter(RawRecord raw) {
    return raw.key() != null
        && decoder.decode(raw) instanceof Learned learned
        && learned.outcome().kind() == Outcome.Kind.WIN
        && learned.outcome().userKey() != null;
  }
}
