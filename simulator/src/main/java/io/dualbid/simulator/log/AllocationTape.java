package io.dualbid.simulator.log;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.model.Money;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * An allocation log that was read once, as matching sees it, and can be gone through as often as
 * wished: 28 bytes for each option,
 *
 * <pre>
 *   0                8             16       24
 *   | campaign, last | probability | amount | reward |     28 bytes; amounts in nanos
 * </pre>
 *
 * <p>Memory: {@link AuctionLog#MEMORY_BYTES} of options, and some hundred bytes for each campaign;
 * the rest is in a temporary file.
 */
public final class AllocationTape implements Closeable {
  private static final int STRIDE = 28;
  private static final int PROBABILITY = 4;
  private static final int AMOUNT = 12;
  private static final int REWARD = 20;
  private static final int ROWS_BETWEEN_REPORTS = 1 << 12;
  private static final double MOST_UNITS = 9e9;

  private final TapeFile file;
  private final Tape rows;
  private final AllocationCampaigns campaigns;
  private long arrivals;
  private long options;

  private AllocationTape(AllocationCampaigns campaigns, long memoryBytes) {
    this.campaigns = campaigns;
    file = new TapeFile(memoryBytes);
    rows = new Tape(STRIDE, file);
  }

  /**
   * Reads a stream to its end.
   *
   * @param first first arrival to keep, from 1
   * @param last last arrival to keep
   * @throws IOException if a file can't be read
   * @throws WrongLog if a line can't be and lines are not skipped, or there is no arrival
   */
  public static AllocationTape read(
      List<Path> files,
      AllocationStream stream,
      Capacities capacities,
      long first,
      long last,
      AuctionLog.Progress progress)
      throws IOException {
    return read(files, stream, capacities, first, last, progress, AuctionLog.MEMORY_BYTES);
  }

  static AllocationTape read(
      List<Path> files,
      AllocationStream stream,
      Capacities capacities,
      long first,
      long last,
      AuctionLog.Progress progress,
      long memoryBytes)
      throws IOException {
    AllocationTape tape = new AllocationTape(new AllocationCampaigns(capacities), memoryBytes);
    try {
      Arrival arrival = new Arrival();
      long count = 0;
      while (stream.next()) {
        if (tape.campaigns.read(stream, arrival)) {
          count++;
          if (count >= first && count <= last) {
            tape.add(arrival);
          }
          if (count % ROWS_BETWEEN_REPORTS == 0) {
            progress.at(stream.bytesRead(), stream.bytes());
          }
        }
      }
      if (tape.arrivals == 0) {
        throw new WrongLog(
            files.get(0)
                + ":1:1: found "
                + (count == 0 ? "no arrival" : count + " arrivals")
                + "; accepted: "
                + (count == 0 ? "{\"options\": [...]} a line" : "--rows within them"));
      }
      return tape;
    } catch (RuntimeException | IOException e) {
      tape.close();
      throw e;
    }
  }

  private void add(Arrival arrival) throws IOException {
    arrivals++;
    if (arrivals > Integer.MAX_VALUE) {
      throw new WrongLog("found more than 2^31 - 1 arrivals; accepted: fewer, by --rows");
    }
    if (arrival.size() == 0) {
      rows.next().putInt(1).putDouble(0).putLong(0).putDouble(0);
      return;
    }
    for (int e = 0; e < arrival.size(); e++) {
      options++;
      campaigns.seen(arrival, e);
      int last = e == arrival.size() - 1 ? 1 : 0;
      rows.next()
          .putInt((arrival.vertex(e) + 1) << 1 | last)
          .putDouble(arrival.probability(e))
          .putLong(arrival.amount(e))
          .putDouble(arrival.reward(e));
    }
  }

  /** An amount in nanos; at least one, so that every success uses something. */
  static long nanos(double amount) {
    return Math.max(1, Math.round(amount * Money.NANOS_PER_UNIT));
  }

  /** Whether an amount can be counted in nanos. */
  static boolean fits(double amount) {
    return amount <= MOST_UNITS;
  }

  /** Number of arrivals. */
  public int arrivals() {
    return (int) arrivals;
  }

  /** Number of options of all arrivals, without those that can't succeed. */
  public long options() {
    return options;
  }

  /** The campaigns. */
  public AllocationCampaigns campaigns() {
    return campaigns;
  }

  /** Goes through the arrivals from the first on. */
  public Cursor read() {
    return new Cursor(rows.read());
  }

  /** Stands before an arrival. Not thread safe; any number of them may read at a time. */
  public static final class Cursor {
    private final Tape.Reader rows;

    private Cursor(Tape.Reader rows) {
      this.rows = rows;
    }

    /** Fills a buffer with the next arrival; false at the end. */
    public boolean next(Arrival into) {
      into.clear();
      boolean more = false;
      while (rows.next()) {
        more = true;
        int code = rows.intAt(0);
        if (code >>> 1 != 0) {
          into.edge(
              (code >>> 1) - 1,
              rows.doubleAt(PROBABILITY),
              rows.longAt(AMOUNT),
              rows.doubleAt(REWARD));
        }
        if ((code & 1) == 1) {
          break;
        }
      }
      return more;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
