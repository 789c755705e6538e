package io.dualbid.simulator.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of logs as values, to be compared. */
final class Rows {
  private Rows() {}

  record Row(
      long timeMillis,
      @Nullable String requestId,
      @Nullable String campaign,
      double value,
      double clickRate,
      long priceNanos,
      boolean clicked,
      double conversionValue,
      long conversionDelayMillis,
      @Nullable String segment,
      Map<String, String> attributes) {}

  static Row of(LogRow row) {
    return new Row(
        row.timeMillis(),
        row.requestId(),
        row.campaign(),
        row.value(),
        row.clickRate(),
        row.priceNanos(),
        row.clicked(),
        row.conversionValue(),
        row.conversionDelayMillis(),
        row.segment(),
        Map.copyOf(row.attributes()));
  }

  /** All rows of logs, texts included. */
  static List<Row> read(Path... files) throws IOException {
    return read(null, files);
  }

  static List<Row> read(@Nullable SkippedRows skipped, Path... files) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (LogStream stream = new LogStream(List.of(files), null, true, skipped)) {
      while (stream.next()) {
        rows.add(of(stream.row()));
      }
    }
    return rows;
  }
}
