package io.dualbid.simulator.log;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What a replay needs of the auctions of one campaign, in their order: 20 bytes each,
 *
 * <pre>
 *   0          8          16
 *   | price    | worth    | segment, click |
 * </pre>
 *
 * <p>and 16 more for each that has a conversion. Only the first {@link AuctionLog#MEMORY_BYTES} of
 * all tapes are in memory.
 */
public final class AuctionTape {
  private static final int PRICE = 0;
  private static final int WORTH = 8;
  private static final int MARKS = 16;
  private static final int STRIDE = 20;
  private static final int CONVERSION_STRIDE = 16;

  private final String campaign;
  private final Tape rows;
  private final Tape conversions;
  private final long priceUnitNanos;
  private final long from;
  private final long to;
  private double prices;
  private double worths;

  AuctionTape(String campaign, TapeFile file, long priceUnitNanos) {
    this.campaign = campaign;
    this.rows = new Tape(STRIDE, file);
    this.conversions = new Tape(CONVERSION_STRIDE, file);
    this.priceUnitNanos = priceUnitNanos;
    this.from = 0;
    this.to = Long.MAX_VALUE;
  }

  private AuctionTape(AuctionTape whole, long from, long to) {
    this.campaign = whole.campaign;
    this.rows = whole.rows;
    this.conversions = whole.conversions;
    this.priceUnitNanos = whole.priceUnitNanos;
    this.from = from;
    this.to = to;
  }

  /**
   * Some of the auctions, as a tape of its own that shares their memory. O(to).
   *
   * @param first first auction, from 0
   * @param end the auction after the last, above {@code first}
   */
  public AuctionTape part(long first, long end) {
    if (first < 0 || first >= end || end > rows()) {
      throw new IllegalArgumentException(
          "a part within " + rows() + " auctions: " + first + " to " + end);
    }
    AuctionTape part = new AuctionTape(this, from + first, from + end);
    Tape.Reader reader = rows.read();
    reader.skip(part.from);
    for (long i = first; i < end && reader.next(); i++) {
      part.prices += (double) reader.longAt(PRICE) / priceUnitNanos;
      part.worths += reader.doubleAt(WORTH);
    }
    return part;
  }

  /**
   * Adds an auction.
   *
   * @param worth expected value or click rate
   * @param price in the unit of the log's prices
   * @param segment number of its segment
   */
  void add(LogRow row, double worth, double price, int segment) throws IOException {
    if (row.conversionValue > 0) {
      conversions.next().putLong(rows.records()).putDouble(row.conversionValue);
    }
    prices += price;
    worths += worth;
    ByteBuffer record = rows.next();
    record.putLong(row.priceNanos).putDouble(worth).putInt(segment << 1 | (row.clicked ? 1 : 0));
  }

  /** The campaign; empty where rows name none. */
  public String campaign() {
    return campaign;
  }

  /** Number of auctions. */
  public long rows() {
    return Math.min(to, rows.records()) - from;
  }

  /** Mean price, in the unit of the log's prices. */
  public double meanPrice() {
    return prices / rows();
  }

  /** Mean of the expected values, or of the click rates where the log has those. */
  public double meanWorth() {
    return worths / rows();
  }

  /** Goes through the auctions from the first on. */
  public Cursor read() {
    return new Cursor(rows.read(), conversions.read(), from, rows());
  }

  /** Stands at one auction. Not thread safe; any number of them may read at a time. */
  public static final class Cursor {
    private final Tape.Reader rows;
    private final Tape.Reader conversions;
    private final long from;
    private final long count;
    private long row = -1;
    private long convertedRow = -1;

    private Cursor(Tape.Reader rows, Tape.Reader conversions, long from, long count) {
      this.rows = rows;
      this.conversions = conversions;
      this.from = from;
      this.count = count;
      rows.skip(from);
    }

    /** Goes on to the next auction; false at the end. */
    public boolean next() {
      row++;
      return row < count && rows.next();
    }

    /** Its number, from 0. */
    public long row() {
      return row;
    }

    /** The highest competing bid for it. */
    public long priceNanos() {
      return rows.longAt(PRICE);
    }

    /** The expected value of a win, in account currency, or the click rate. */
    public double worth() {
      return rows.doubleAt(WORTH);
    }

    /** Whether a win is clicked. */
    public boolean clicked() {
      return (rows.intAt(MARKS) & 1) != 0;
    }

    /** Number of its segment; 0 for none. */
    public int segment() {
      return rows.intAt(MARKS) >>> 1;
    }

    /** What a win of it brings in the end, in account currency; 0 for nothing. */
    public double conversionValue() {
      while (convertedRow < from + row) {
        convertedRow = conversions.next() ? conversions.longAt(0) : Long.MAX_VALUE;
      }
      return convertedRow == from + row ? conversions.doubleAt(8) : 0;
    }
  }
}
