package io.dualbid.simulator.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes generated auctions in the formats that are text. Not thread safe. */
public abstract class LogWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int RATE_DECIMALS = 6;
  private static final int PRICE_DECIMALS = 3;
  private static final int VALUE_DECIMALS = 2;

  private LogWriter() {}

  /**
   * Opens a file, gzipped where its name ends with {@code .gz}; one that is there is replaced.
   *
   * @throws IOException if it can't be written
   * @throws WrongLog for Parquet, which is not written
   */
  public static LogWriter open(Path file, LogFormat format) throws IOException {
    if (format == LogFormat.PARQUET) {
      throw new WrongLog(file + ": found parquet; accepted: tsv, csv, jsonl, ipinyou to write");
    }
    OutputStream bytes = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
    Writer text =
        new BufferedWriter(
            new OutputStreamWriter(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes,
                StandardCharsets.UTF_8),
            BUFFER_BYTES);
    return switch (format) {
      case TSV -> new Delimited(text, '\t');
      case CSV -> new Delimited(text, ',');
      case JSONL -> new JsonLines(text);
      default -> new Triples(text);
    };
  }

  /** Writes so many auctions of a generator. */
  public final void write(LogGenerator generator, long rows) throws IOException {
    for (long i = 0; i < rows; i++) {
      write(generator.next());
    }
  }

  abstract void write(GeneratedAuction auction) throws IOException;

  /** A number of small units as a decimal, all digits written. */
  static String decimal(long units, int decimals) {
    String digits = Long.toString(units);
    if (digits.length() <= decimals) {
      digits = "0".repeat(decimals + 1 - digits.length()) + digits;
    }
    int point = digits.length() - decimals;
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static final class Delimited extends LogWriter {
    private final CsvWriter out;
    private final List<String> fields = new ArrayList<>();
    private boolean begun;

    Delimited(Writer text, char separator) {
      out =
          CsvWriter.builder().fieldSeparator(separator).lineDelimiter(LineDelimiter.LF).build(text);
    }

    @Override
    void write(GeneratedAuction auction) {
      if (!begun) {
        begun = true;
        for (Column column : Column.values()) {
          if (column != Column.VALUE && (column != Column.CAMPAIGN || auction.campaign() != null)) {
            fields.add(column.header());
          }
        }
        out.writeRecord(fields);
      }
      fields.clear();
      boolean converted = auction.conversionHundredths() > 0;
      fields.add(Long.toString(auction.timeMillis()));
      fields.add(auction.requestId());
      if (auction.campaign() != null) {
        fields.add(auction.campaign());
      }
      fields.add(decimal(auction.clickRateMillionths(), RATE_DECIMALS));
      fields.add(decimal(auction.priceThousandths(), PRICE_DECIMALS));
      fields.add(auction.clicked() ? "1" : "0");
      fields.add(converted ? decimal(auction.conversionHundredths(), VALUE_DECIMALS) : "");
      fields.add(converted ? Long.toString(auction.conversionDelayMillis()) : "");
      fields.add(auction.segment());
      out.writeRecord(fields);
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  private static final class JsonLines extends LogWriter {
    private final JsonGenerator json;

    JsonLines(Writer text) throws IOException {
      json = new JsonFactory().createGenerator(text).setRootValueSeparator(null);
    }

    @Override
    void write(GeneratedAuction auction) throws IOException {
      json.writeStartObject();
      json.writeNumberField(Column.TIMESTAMP.header(), auction.timeMillis());
      json.writeStringField(Column.REQUEST_ID.header(), auction.requestId());
      if (auction.campaign() != null) {
        json.writeStringField(Column.CAMPAIGN.header(), auction.campaign());
      }
      number(Column.PCTR, auction.clickRateMillionths(), RATE_DECIMALS);
      number(Column.PRICE, auction.priceThousandths(), PRICE_DECIMALS);
      json.writeNumberField(Column.CLICK.header(), auction.clicked() ? 1 : 0);
      if (auction.conversionHundredths() > 0) {
        number(Column.CONVERSION_VALUE, auction.conversionHundredths(), VALUE_DECIMALS);
        json.writeNumberField(Column.CONVERSION_DELAY_MS.header(), auction.conversionDelayMillis());
      }
      json.writeStringField(Column.SEGMENT.header(), auction.segment());
      json.writeEndObject();
      json.writeRaw('\n');
    }

    private void number(Column column, long units, int decimals) throws IOException {
      json.writeFieldName(column.header());
      json.writeNumber(decimal(units, decimals));
    }

    @Override
    public void close() throws IOException {
      json.close();
    }
  }

  /** Prices are whole numbers in this form. */
  private static final class Triples extends LogWriter {
    private static final double THOUSAND = 1_000;

    private final Writer text;

    Triples(Writer text) {
      this.text = text;
    }

    @Override
    void write(GeneratedAuction auction) throws IOException {
      text.write(auction.clicked() ? "1 " : "0 ");
      text.write(Long.toString(Math.round(auction.priceThousandths() / THOUSAND)));
      text.write(' ');
      text.write(decimal(auction.clickRateMillionths(), RATE_DECIMALS));
      text.write('\n');
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
