package io.dualbid.simulator.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.simulator.log.Column;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogRow;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.log.SkippedRows;
import io.dualbid.simulator.log.WrongLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Auctions of a log with click rates. Each becomes a request with one banner and its pctr as the
 * value signal; the price is the competing bid, and the click is what a win brings.
 */
public final class LogWorld implements World {
  /** What is accepted where a log has expected values. */
  static final String ACCEPTED = "pctr, which requests tell bidders";

  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private final String prefix;
  private final long firstRow;
  private final long lastRow;
  private final LogStream stream;
  private long row;

  /**
   * Opens a log.
   *
   * @param files the log, in one file or several
   * @param format null for what the names of the files tell
   * @param skipped takes rows that can't be read; null to stop at the first
   * @param seed part of the request ids, so that two runs on one cluster don't meet
   * @param firstRow first row to play, from 1
   * @param lastRow last row to play
   * @throws IOException if a file can't be read
   * @throws IllegalArgumentException if one holds something else
   */
  public LogWorld(
      List<Path> files,
      @Nullable LogFormat format,
      @Nullable SkippedRows skipped,
      long seed,
      long firstRow,
      long lastRow)
      throws IOException {
    this.prefix = Long.toHexString(seed) + "-";
    this.firstRow = firstRow;
    this.lastRow = lastRow;
    this.stream = new LogStream(files, format, false, skipped);
  }

  @Override
  public @Nullable Opportunity next() {
    try {
      do {
        row++;
        if (row > lastRow || !stream.next()) {
          return null;
        }
        if (stream.valued()) {
          stream.reject(Column.VALUE, "a value", ACCEPTED);
          return null;
        }
      } while (row < firstRow);
      return opportunity(stream.row());
    } catch (WrongLog e) {
      throw new UncheckedIOException(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Opportunity opportunity(LogRow auction) throws IOException {
    String id = prefix + row;
    return new Opportunity(
        id,
        id,
        request(id, auction.clickRate()),
        List.of(
            new Auction("1", auction.priceNanos(), auction.clickRate(), auction.clicked(), false)));
  }

  private byte[] request(String id, double clickRate) throws IOException {
    buffer.reset();
    try (JsonGenerator out = json.createGenerator(buffer)) {
      out.writeStartObject();
      out.writeStringField("id", id);
      out.writeNumberField("at", 2);
      out.writeArrayFieldStart("imp");
      out.writeStartObject();
      out.writeStringField("id", "1");
      out.writeObjectFieldStart("banner");
      out.writeNumberField("w", 300);
      out.writeNumberField("h", 250);
      out.writeEndObject();
      out.writeObjectFieldStart("ext");
      out.writeNumberField("pctr", clickRate);
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    }
    return buffer.toByteArray();
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
