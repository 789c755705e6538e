package io.dualbid.simulator.cli;

import io.dualbid.core.model.Bid;
import io.dualbid.simulator.log.AuctionTape;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import io.dualbid.simulator.replay.Observer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The auctions of a tape as they arrive, one a millisecond; sees what wins of them bring. */
final class LogArrivals implements Arrivals, Observer {
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;

  private final AuctionTape.Cursor cursor;
  private final List<List<String>> segments = new ArrayList<>();
  private final boolean firstPrice;
  private final LogLuck luck;
  private final LongConsumer progress;
  private final Map<String, Conversions> conversions = new HashMap<>();

  /** What came of a campaign's wins. */
  static final class Conversions {
    private long count;
    private double value;

    long count() {
      return count;
    }

    double value() {
      return value;
    }
  }

  /**
   * All auctions of a tape.
   *
   * @param segmentNames names of segments; the first has the number 1
   * @param luck decides about clicks
   * @param progress is told of so many more auctions, now and then
   */
  LogArrivals(
      AuctionTape tape,
      List<String> segmentNames,
      boolean firstPrice,
      LogLuck luck,
      LongConsumer progress) {
    this.cursor = tape.read();
    this.firstPrice = firstPrice;
    this.luck = luck;
    this.progress = progress;
    segments.add(List.of());
    for (String name : segmentNames) {
      segments.add(List.of(name));
    }
  }

  @Override
  public @Nullable Arrival next() {
    if (!cursor.next()) {
      return null;
    }
    long row = cursor.row();
    if ((row + 1) % ROWS_BETWEEN_REPORTS == 0) {
      progress.accept(ROWS_BETWEEN_REPORTS);
    }
    return new Arrival(
        row,
        LogCampaigns.START_MILLIS + row,
        cursor.worth(),
        cursor.priceNanos(),
        luck.clicked(row, cursor.worth(), cursor.clicked()),
        firstPrice,
        segments.get(cursor.segment()));
  }

  @Override
  public void won(Arrival arrival, Bid bid, long priceNanos) {
    double value = arrival.number() == cursor.row() ? cursor.conversionValue() : 0;
    if (value > 0) {
      Conversions own = conversions.computeIfAbsent(bid.campaign(), id -> new Conversions());
      own.count++;
      own.value += value;
    }
  }

  /** What came of a campaign's wins. */
  Conversions conversions(String campaign) {
    return conversions.getOrDefault(campaign, new Conversions());
  }
}
