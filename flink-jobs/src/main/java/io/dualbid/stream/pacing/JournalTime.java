package io.dualbid.stream.pacing;

import io.dualbid.core.pacing.PartitionTime;
import io.dualbid.stream.record.JournalRecord;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Event time of one partition of the journal: its append times as far as bidders' clocks bear them
 * out. Flink has one of these for each partition, and takes the least of all.
 */
final class JournalTime implements WatermarkGenerator<JournalRecord> {
  private final PartitionTime time = new PartitionTime();

  @Override
  public void onEvent(JournalRecord record, long appendMillis, WatermarkOutput output) {
    record.tell(time, appendMillis);
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    if (time.reachedMillis() != PartitionTime.UNKNOWN) {
      // Others may have been appended within the same millisecond.
      output.emitWatermark(new Watermark(time.reachedMillis() - 1));
    }
  }
}
