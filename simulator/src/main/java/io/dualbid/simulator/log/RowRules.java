package io.dualbid.simulator.log;

import org.jspecify.annotations.Nullable;

/**
 * What holds for all rows of a stream: each has a price, and whether they have a time, a campaign
 * and a value is as the first one says. Not thread safe.
 */
final class RowRules {
  /** What a row lacks or has in excess. */
  record Breach(Column column, String found, String accepted) {}

  private boolean begun;
  private boolean timed;
  private boolean forCampaigns;
  private boolean valued;

  /** What is wrong with a row, or null; the first good one sets the rules. */
  @Nullable Breach check(LogRow row) {
    if (row.priceNanos < 0) {
      return new Breach(Column.PRICE, "no price", Column.PRICE.accepted());
    }
    boolean hasValue = !Double.isNaN(row.value);
    if (!hasValue && Double.isNaN(row.clickRate)) {
      return new Breach(Column.VALUE, "neither value nor pctr", "one of them");
    }
    if (!begun) {
      begun = true;
      timed = row.timeMillis != LogRow.NO_TIME;
      forCampaigns = row.campaign != null;
      valued = hasValue;
      return null;
    }
    if (timed != (row.timeMillis != LogRow.NO_TIME)) {
      return differs(Column.TIMESTAMP, timed);
    }
    if (forCampaigns != (row.campaign != null)) {
      return differs(Column.CAMPAIGN, forCampaigns);
    }
    return valued == hasValue ? null : differs(Column.VALUE, valued);
  }

  private static Breach differs(Column column, boolean wanted) {
    String header = column.header();
    return wanted
        ? new Breach(column, "no " + header, column.accepted() + ", as in the first row")
        : new Breach(column, "a " + header, "none, as in the first row");
  }

  /** Whether rows have times. */
  boolean timed() {
    return timed;
  }

  /** Whether rows have expected values; else they have click rates. */
  boolean valued() {
    return valued;
  }
}
