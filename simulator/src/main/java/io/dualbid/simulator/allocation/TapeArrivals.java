package io.dualbid.simulator.allocation;

import io.dualbid.core.matching.Arrival;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.matching.MatchingArrivals;
import java.util.function.LongConsumer;

/** The arrivals of a tape for one run: each is read once, in order. */
final class TapeArrivals implements MatchingArrivals {
  private static final int ROWS_BETWEEN_REPORTS = 1 << 13;

  private final AllocationTape tape;
  private final AllocationTape.Cursor cursor;
  private final int count;
  private final LongConsumer progress;
  private int next;

  /**
   * The first arrivals of a tape.
   *
   * @param count how many of them
   * @param progress is told of so many more, now and then
   */
  TapeArrivals(AllocationTape tape, int count, LongConsumer progress) {
    this.tape = tape;
    this.cursor = tape.read();
    this.count = count;
    this.progress = progress;
  }

  @Override
  public int arrivals() {
    return count;
  }

  @Override
  public double[] weights() {
    return tape.campaigns().weights();
  }

  @Override
  public long[] capacities() {
    return tape.campaigns().capacities();
  }

  @Override
  public Arrival read(int arrival, Arrival into) {
    if (arrival != next || !cursor.next(into)) {
      throw new IllegalStateException("arrivals are read in order: " + arrival + ", not " + next);
    }
    next++;
    if (next % ROWS_BETWEEN_REPORTS == 0) {
      progress.accept(ROWS_BETWEEN_REPORTS);
    }
    return into;
  }
}
