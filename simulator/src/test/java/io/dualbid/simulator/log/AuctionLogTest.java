package io.dualbid.simulator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuctionLogTest {
  private static final int ROWS = 200_000;

  @TempDir private Path folder = Path.of("");

  private Path generated(int campaigns) throws IOException {
    Path file = folder.resolve("log.csv");
    try (LogWriter writer = LogWriter.open(file, LogFormat.CSV)) {
      writer.write(new LogGenerator(3, campaigns), ROWS);
    }
    return file;
  }

  private static AuctionLog read(Path file, AuctionLog.Part part, long memoryBytes)
      throws IOException {
    try (LogStream stream = new LogStream(List.of(file), null, false, null)) {
      return AuctionLog.read(List.of(file), stream, part, AuctionLog.Progress.NONE, memoryBytes);
    }
  }

  private static void assertHoldsGenerated(
      AuctionLog log, @Nullable String campaign, int campaigns) {
    LogGenerator generator = new LogGenerator(3, campaigns);
    AuctionTape tape =
        log.tapes().stream()
            .filter(one -> campaign == null || one.campaign().equals(campaign))
            .findFirst()
            .orElseThrow();
    AuctionTape.Cursor cursor = tape.read();
    long rows = 0;
    for (int i = 0; i < ROWS; i++) {
      GeneratedAuction auction = generator.next();
      if (campaign != null && !campaign.equals(auction.campaign())) {
        continue;
      }
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.row()).isEqualTo(rows++);
      assertThat(cursor.priceNanos()).isEqualTo(auction.priceThousandths() * 1_000);
      assertThat(cursor.worth()).isEqualTo(auction.clickRateMillionths() / 1e6);
      assertThat(cursor.clicked()).isEqualTo(auction.clicked());
      assertThat(log.segments().get(cursor.segment() - 1)).isEqualTo(auction.segment());
      assertThat(cursor.conversionValue()).isEqualTo(auction.conversionHundredths() / 1e2);
    }
    assertThat(cursor.next()).isFalse();
    assertThat(tape.rows()).isEqualTo(rows);
  }

  @Test
  void givesTheSameRowsFromMemoryAndFromDisk() throws IOException {
    Path file = generated(0);
    try (AuctionLog inMemory = read(file, AuctionLog.Part.ALL, Long.MAX_VALUE);
        AuctionLog onDisk = read(file, AuctionLog.Part.ALL, 2 * Tape.BLOCK_BYTES)) {
      assertThat(inMemory.bytesOnDisk()).isZero();
      assertHoldsGenerated(inMemory, null, 0);
      assertHoldsGenerated(onDisk, null, 0);
      assertThat(onDisk.meanPrice()).isEqualTo(inMemory.meanPrice());
      // Whatever is beyond the allowance and the block being written is on disk.
      assertThat(onDisk.bytesOnDisk())
          .isBetween(20L * ROWS - 3 * Tape.BLOCK_BYTES, 20L * ROWS - Tape.BLOCK_BYTES);
      // Any number of readers go through it side by side.
      AuctionTape.Cursor one = onDisk.tapes().get(0).read();
      AuctionTape.Cursor other = onDisk.tapes().get(0).read();
      for (int i = 0; i < ROWS; i++) {
        assertThat(one.next()).isTrue();
        if (i % 3 == 0) {
          assertThat(other.next()).isTrue();
        }
      }
      assertThat(other.row()).isEqualTo((ROWS - 1) / 3);
    }
  }

  @Test
  void sortsRowsByCampaign() throws IOException {
    Path file = generated(4);
    try (AuctionLog log = read(file, AuctionLog.Part.ALL, 0)) {
      assertThat(log.namesCampaigns()).isTrue();
      assertThat(log.tapes()).hasSize(4);
      assertThat(log.tapes().stream().mapToLong(AuctionTape::rows).sum()).isEqualTo(ROWS);
      assertHoldsGenerated(log, "campaign-2", 4);
      assertHoldsGenerated(log, "campaign-4", 4);
    }
    AuctionLog.Part only = new AuctionLog.Part(11, 1_000, null, "campaign-3", false);
    try (AuctionLog log = read(file, only, 0)) {
      assertThat(log.tapes()).hasSize(1);
      assertThat(log.tapes().get(0).campaign()).isEqualTo("campaign-3");
      assertThat(log.tapes().get(0).rows()).isBetween(150L, 350L);
      assertThat(log.rows()).isEqualTo(ROWS);
    }
  }

  @Test
  void refusesACampaignThatNobodyKnows() throws IOException {
    Path file = generated(3);
    AuctionLog.Part part =
        new AuctionLog.Part(1, Long.MAX_VALUE, Set.of("campaign-1", "other"), null, true);
    assertThatThrownBy(() -> read(file, part, 0))
        .isInstanceOf(WrongLog.class)
        .hasMessageMatching(
            ".*log.csv:\\d+:\\d+: found campaign 'campaign-[23]'; accepted: campaign-1, other");
    Path empty = Files.writeString(folder.resolve("none.csv"), "price,pctr\n");
    assertThatThrownBy(() -> read(empty, AuctionLog.Part.ALL, 0))
        .hasMessage(empty + ":1:1: found no row; accepted: one auction a row");
  }

  /** A part has its rows as the whole has them, in memory and on disk. */
  @Test
  void playsPartsByThemselves() throws IOException {
    for (long memory : new long[] {AuctionLog.MEMORY_BYTES, 1 << 20}) {
      try (AuctionLog log = read(generated(1), AuctionLog.Part.ALL, memory)) {
        AuctionTape whole = log.tapes().get(0);
        AuctionTape part = whole.part(100_000, 150_000).part(10_000, 20_000);
        assertThat(part.rows()).isEqualTo(10_000);
        AuctionTape.Cursor expected = whole.read();
        for (int i = 0; i <= 110_000; i++) {
          assertThat(expected.next()).isTrue();
        }
        AuctionTape.Cursor cursor = part.read();
        double worths = 0;
        double prices = 0;
        for (int i = 0; i < 10_000; i++) {
          assertThat(cursor.next()).isTrue();
          assertThat(cursor.row()).isEqualTo(i);
          assertThat(cursor.priceNanos()).isEqualTo(expected.priceNanos());
          assertThat(cursor.worth()).isEqualTo(expected.worth());
          assertThat(cursor.conversionValue()).isEqualTo(expected.conversionValue());
          worths += cursor.worth();
          prices += cursor.priceNanos();
          expected.next();
        }
        assertThat(cursor.next()).isFalse();
        assertThat(part.meanWorth()).isEqualTo(worths / 10_000);
        assertThat(part.meanPrice() * log.priceUnitNanos())
            .isCloseTo(prices / 10_000, within(1e-3));
        assertThatThrownBy(() -> part.part(0, 10_001))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("0 to 10001");
      }
    }
  }
}
