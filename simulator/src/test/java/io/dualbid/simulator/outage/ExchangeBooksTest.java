package io.dualbid.simulator.outage;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.model.BidId;
import io.dualbid.simulator.outage.ExchangeBooks.Place;
import io.dualbid.simulator.outage.ExchangeRecord.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExchangeBooksTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aRecordThatWasCutOffIsReadUpToItsLastWholeLineAndGoesOn() throws IOException {
    Path file = folder.resolve("record");
    BidId id = BidId.of("r", "1");
    try (ExchangeRecord record = new ExchangeRecord(file)) {
      record.offered(0);
      record.asked(0, 1, 17);
      record.bid(2, 40, RecordCheckTest.bid("r", 50), Verdict.WON, 30, 2);
    }
    Files.writeString(file, "told\tWIN\t" + id, StandardOpenOption.APPEND);
    ExchangeBooks books = ExchangeBooks.read(file);
    assertThat(books.offered()).isEqualTo(1);
    assertThat(books.bids()).containsOnlyKeys(new Place(2, 40));
    assertThat(books.outstanding()).isEqualTo(2);
    // The bid is still owed its outcomes, so it is read again.
    assertThat(books.positions()).isEqualTo(Map.of(2, 40L));

    try (ExchangeRecord record = new ExchangeRecord(file)) {
      record.told(RecordCheckTest.win("r", 30));
      record.told(RecordCheckTest.win("r", 30));
    }
    books = ExchangeBooks.read(file);
    assertThat(books.outstanding()).isEqualTo(1);
    assertThat(books.repeatedNotices()).isEqualTo(1);
    assertThat(books.told()).hasSize(1);
  }
}
