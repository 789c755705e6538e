package io.dualbid.simulator.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.State;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.stream.codec.PacingUpdateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PacingWatchTest {
  private static final TopicPartition PACING = new TopicPartition("pacing", 0);

  private static byte[] update(long epoch) {
    return PacingUpdateCodec.encode(
        new PacingUpdate(
            "a",
            epoch,
            State.ENDED,
            Multipliers.budget(1),
            null,
            new LedgerSummary(1, 1, 0, 0, 0),
            new Position(0, 0),
            new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
            null));
  }

  @Test
  void passesOverRecordsThatItCannotReadAndCountsThem() throws InterruptedException {
    @SuppressWarnings("deprecation") // the other constructor takes the strategy in a newer type
    MockConsumer<byte[], byte[]> consumer =
        new MockConsumer<>(org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST);
    consumer.updatePartitions(
        "pacing", List.of(new PartitionInfo("pacing", 0, Node.noNode(), new Node[0], new Node[0])));
    consumer.updateBeginningOffsets(Map.of(PACING, 0L));
    CountDownLatch read = new CountDownLatch(1);
    consumer.schedulePollTask(
        () -> {
          byte[][] values = {
            update(1), "no update".getBytes(StandardCharsets.UTF_8), null, update(2)
          };
          for (int i = 0; i < values.length; i++) {
            consumer.addRecord(new ConsumerRecord<>("pacing", 0, i, new byte[] {'a'}, values[i]));
          }
        });
    consumer.schedulePollTask(read::countDown);
    try (PacingWatch watch = new PacingWatch(consumer, "pacing")) {
      assertThat(read.await(60, TimeUnit.SECONDS)).as("the watch polls twice").isTrue();
      PacingUpdate last = Objects.requireNonNull(watch.last().get("a"));
      assertThat(last.epoch()).isEqualTo(2);
      assertThat(watch.unreadable()).isEqualTo(2);
    }
    assertThat(consumer.closed()).isTrue();
  }
}
