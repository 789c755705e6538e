package io.dualbid.simulator.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The columns of a log that mean something here; all others are attributes. */
public enum Column {
  TIMESTAMP("milliseconds since 1970, or ISO-8601 with its zone such as 2026-01-31T12:00:00Z"),
  REQUEST_ID("text of at most 512 characters"),
  CAMPAIGN("the id of a campaign, in UTF-8 of at most 512 characters"),
  /** Expected value of a win, in account currency. */
  VALUE("a number from 0, in account currency"),
  /** Predicted click rate; worth a campaign's value of a click each. */
  PCTR("a number from 0 to 1"),
  /** The highest competing bid, as CPM: for a thousand impressions. */
  PRICE("a number from 0, for a thousand impressions (CPM)"),
  CLICK("0 or 1"),
  CONVERSION_VALUE("a number from 0, in account currency"),
  CONVERSION_DELAY_MS("whole milliseconds from 0"),
  SEGMENT("text of at most 512 characters");

  private final String header = name().toLowerCase(Locale.ROOT);
  private final String accepted;

  Column(String accepted) {
    this.accepted = accepted;
  }

  /** Its name in a header. */
  public String header() {
    return header;
  }

  /** What may stand in it, in words. */
  String accepted() {
    return accepted;
  }

  /** The column of a header, or null for an attribute. */
  static @Nullable Column of(String header) {
    for (Column column : values()) {
      if (column.header.equals(header)) {
        return column;
      }
    }
    return null;
  }
}
