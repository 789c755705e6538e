package io.dualbid.simulator.log;

import io.dualbid.core.model.Money;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The form of public research code on the iPinYou log: lines of {@code click price pctr}, separated
 * by spaces. Each impression costs the whole price.
 *
 * @see "Cai, Ren, Zhang et al.: Real-Time Bidding by Reinforcement Learning in Display Advertising,
 *     WSDM 2017 (the form of the log)"
 */
public final class IpinyouReader implements RowReader {
  private final Path file;
  private final LineReader lines;
  private String line = "";

  /**
   * Opens a log.
   *
   * @throws IOException if the file can't be read
   * @throws WrongLog if it is named as gzip and isn't
   */
  public IpinyouReader(Path file) throws IOException {
    this.file = file;
    this.lines = new LineReader(file);
  }

  @Override
  public boolean next(LogRow row) throws IOException, UnreadableRow {
    String next = lines.next();
    if (next == null) {
      return false;
    }
    line = next;
    row.clear(lines.number());
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (first < 0 || second < 0) {
      throw unreadable(1, "three fields 'click price pctr', separated by spaces");
    }
    int column = 1;
    try {
      row.clicked = Integer.parseInt(line, 0, first, 10) == 1;
      column = first + 2;
      long price = Long.parseLong(line, first + 1, second, 10);
      if (price < 0) {
        throw unreadable(column, "a price >= 0");
      }
      row.priceNanos = Math.multiplyExact(price, Money.NANOS_PER_UNIT);
      column = second + 2;
      row.clickRate = Double.parseDouble(line.substring(second + 1));
    } catch (NumberFormatException | ArithmeticException e) {
      throw unreadable(column, "a whole click and price and a decimal pctr");
    }
    if (!(row.clickRate >= 0 && row.clickRate <= 1)) {
      throw unreadable(column, "a pctr from 0 to 1");
    }
    return true;
  }

  private UnreadableRow unreadable(int column, String accepted) {
    return new UnreadableRow(
        file, lines.number(), column, UnreadableRow.quoted(line), accepted, line);
  }

  @Override
  public String text() {
    return line;
  }

  @Override
  public long bytesRead() {
    return lines.bytesRead();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
