package io.dualbid.simulator.world;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dualbid.core.model.Money;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Real auctions of the iPinYou log in the form of public research code: lines of {@code click price
 * pctr}. Each becomes a request with one banner and its pctr as the value signal; the price is the
 * competing bid, and a win costs so many units of the account currency; the click is what a win
 * brings.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (the form of the log)"
 */
public final class IpinyouWorld implements World {
  private final JsonFactory json = new JsonFactory();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private final Path file;
  private final String prefix;
  private final long firstRow;
  private final long lastRow;
  private final BufferedReader lines;
  private long row;

  /** Where the field begins that is being read, from 1. */
  private int column = 1;

  /**
   * Opens a log.
   *
   * @param file the log, plain or gzipped
   * @param seed part of the request ids, so that two runs on one cluster don't meet
   * @param firstRow first row to play, from 1
   * @param lastRow last row to play
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException if it is named as gzip and isn't
   */
  public IpinyouWorld(Path file, long seed, long firstRow, long lastRow) throws IOException {
    this.file = file;
    this.prefix = Long.toHexString(seed) + "-";
    this.firstRow = firstRow;
    this.lastRow = lastRow;
    this.lines = LogFiles.open(file);
  }

  @Override
  public @Nullable Opportunity next() {
    try {
      column = 1;
      String line = lines.readLine();
      row++;
      while (line != null && row < firstRow) {
        line = lines.readLine();
        row++;
      }
      return line == null || row > lastRow ? null : opportunity(line);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ":" + row + ":" + column + ": " + e.getMessage(), e);
    }
  }

  private Opportunity opportunity(String line) throws IOException {
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 0 || second < 0) {
      throw unreadable(line, "three fields 'click price pctr', separated by spaces", null);
    }
    try {
      boolean clicked = Integer.parseInt(line, 0, first, 10) == 1;
      column = first + 2;
      long price = Long.parseLong(line, first + 1, second, 10);
      if (price < 0) {
        throw unreadable(line, "a price >= 0", null);
      }
      column = second + 2;
      double clickRate = Double.parseDouble(line.substring(second + 1));
      if (!(clickRate >= 0 && clickRate <= 1)) {
        throw unreadable(line, "a pctr from 0 to 1", null);
      }
      String id = prefix + row;
      Auction auction =
          new Auction(
              "1", Math.multiplyExact(price, Money.NANOS_PER_UNIT), clickRate, clicked, false);
      return new Opportunity(id, id, request(id, clickRate), List.of(auction));
    } catch (NumberFormatException | ArithmeticException e) {
      throw unreadable(line, "a whole click and price and a decimal pctr", e);
    }
  }

  private IOException unreadable(String line, String accepted, @Nullable Exception cause) {
    String found = line.length() > 80 ? line.substring(0, 80) + "…" : line;
    return new IOException("found '" + found + "'; accepted: " + accepted, cause);
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
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
