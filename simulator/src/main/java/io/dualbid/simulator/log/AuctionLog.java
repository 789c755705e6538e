package io.dualbid.simulator.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A log that was read once and can be gone through as often as wished, campaign by campaign.
 *
 * <p>Memory: {@link #MEMORY_BYTES} of rows, whatever the size of the log, and some two kilobytes
 * for each campaign; the rest is in a temporary file of 20 bytes a row.
 */
public final class AuctionLog implements Closeable {
  /** Bytes of rows that are kept in memory: some three million rows. */
  public static final long MEMORY_BYTES = 64L << 20;

  private static final int MOST_SEGMENTS = 1 << 18;
  private static final int ROWS_BETWEEN_REPORTS = 1 << 12;

  /**
   * What is wanted of a log.
   *
   * @param first first row to keep, from 1
   * @param last last row to keep
   * @param campaigns the campaigns that rows may name; null for any
   * @param only keep only the rows of this campaign, if rows name campaigns; null for all
   * @param segments whether segments are kept
   */
  public record Part(
      long first,
      long last,
      @Nullable Set<String> campaigns,
      @Nullable String only,
      boolean segments) {
    /** All of it. */
    public static final Part ALL = new Part(1, Long.MAX_VALUE, null, null, true);
  }

  /** Is told from time to time how far reading is. */
  public interface Progress {
    /** Hears nothing. */
    Progress NONE = (read, all) -> {};

    /** So many bytes of all were read. */
    void at(long bytesRead, long bytes);
  }

  private final TapeFile file;
  private final Map<String, AuctionTape> tapes = new LinkedHashMap<>();
  private final Map<String, Integer> segments = new LinkedHashMap<>();
  private final List<String> segmentNames = new ArrayList<>();
  private final Part part;
  private long rows;
  private double prices;
  private boolean valued;
  private boolean named;
  private long priceUnitNanos;

  private AuctionLog(Part part, long memoryBytes) {
    this.part = part;
    this.file = new TapeFile(memoryBytes);
  }

  /**
   * Reads a stream to its end.
   *
   * @throws IOException if a file can't be read
   * @throws WrongLog if a row can't be and rows are not skipped, or there is none
   */
  public static AuctionLog read(List<Path> files, LogStream stream, Part part, Progress progress)
      throws IOException {
    return read(files, stream, part, progress, MEMORY_BYTES);
  }

  static AuctionLog read(
      List<Path> files, LogStream stream, Part part, Progress progress, long memoryBytes)
      throws IOException {
    AuctionLog log = new AuctionLog(part, memoryBytes);
    try {
      log.readAll(stream, progress);
      if (log.rows == 0) {
        throw new WrongLog(
            files.get(0)
                + ":1:1: found no row; accepted: "
                + (log.priceUnitNanos == LogFormat.IPINYOU.priceUnitNanos()
                    ? "click price pctr"
                    : "one auction a row"));
      }
      return log;
    } catch (RuntimeException | IOException e) {
      log.close();
      throw e;
    }
  }

  private void readAll(LogStream stream, Progress progress) throws IOException {
    priceUnitNanos = stream.priceUnitNanos();
    double unit = priceUnitNanos;
    for (long n = 1; stream.next(); n++) {
      add(stream, unit);
      if (n % ROWS_BETWEEN_REPORTS == 0) {
        progress.at(stream.bytesRead(), stream.bytes());
      }
    }
    progress.at(stream.bytes(), stream.bytes());
    valued = stream.valued();
  }

  private void add(LogStream stream, double unit) throws IOException {
    LogRow row = stream.row();
    String campaign = row.campaign;
    if (campaign != null && part.campaigns != null && !part.campaigns.contains(campaign)) {
      stream.reject(
          Column.CAMPAIGN,
          "campaign " + UnreadableRow.quoted(campaign),
          String.join(", ", new TreeSet<>(part.campaigns)));
      return;
    }
    rows++;
    double price = row.priceNanos / unit;
    prices += price;
    named |= campaign != null;
    if (rows < part.first
        || rows > part.last
        || (campaign != null && part.only != null && !part.only.equals(campaign))) {
      return;
    }
    String id = campaign == null ? "" : campaign;
    AuctionTape tape = tapes.get(id);
    if (tape == null) {
      tape = new AuctionTape(id, file, priceUnitNanos);
      tapes.put(id, tape);
    }
    double worth = stream.valued() ? row.value : row.clickRate;
    tape.add(row, worth, price, part.segments ? segment(row.segment) : 0);
  }

  private int segment(@Nullable String name) {
    if (name == null) {
      return 0;
    }
    Integer known = segments.get(name);
    if (known == null) {
      if (segmentNames.size() == MOST_SEGMENTS) {
        throw new WrongLog(
            "found more than " + MOST_SEGMENTS + " segments; accepted: fewer, to be targeted by");
      }
      segmentNames.add(name);
      known = segmentNames.size();
      segments.put(name, known);
    }
    return known;
  }

  /** The rows that were kept, one tape for each campaign, in the order of their first rows. */
  public List<AuctionTape> tapes() {
    return List.copyOf(tapes.values());
  }

  /** Number of rows that could be read, kept or not. */
  public long rows() {
    return rows;
  }

  /** Mean price of all of them, in the unit of the log's prices. */
  public double meanPrice() {
    return prices / rows;
  }

  /** Whether rows name campaigns. */
  public boolean namesCampaigns() {
    return named;
  }

  /** Whether rows have expected values; else they have click rates. */
  public boolean valued() {
    return valued;
  }

  /** What one unit of a price costs for one impression. */
  public long priceUnitNanos() {
    return priceUnitNanos;
  }

  /** Names of the segments; the first has the number 1. */
  public List<String> segments() {
    return List.copyOf(segmentNames);
  }

  /** Bytes of rows that are not in memory. */
  long bytesOnDisk() {
    return file.written();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
