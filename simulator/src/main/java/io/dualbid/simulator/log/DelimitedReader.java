package io.dualbid.simulator.log;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of separated fields below a header: CSV and TSV, by FastCSV. */
final class DelimitedReader implements RowReader {
  private final Path file;
  private final char separator;
  private final FieldReader fields;
  private final LogInput in;
  private final CloseableIterator<RecordFields> records;
  private final RecordFields reading = new RecordFields();
  private @Nullable RecordFields last;
  private final String[] names;
  private final @Nullable Column[] columns;

  DelimitedReader(Path file, char separator, FieldReader fields) throws IOException {
    this.file = file;
    this.separator = separator;
    this.fields = fields;
    this.in = LogInput.open(file);
    try {
      this.records =
          CsvReader.builder()
              .fieldSeparator(separator)
              .skipEmptyLines(true)
              .allowExtraFields(true)
              .allowMissingFields(true)
              .allowExtraCharsAfterClosingQuote(true)
              .detectBomHeader(true)
              .maxBufferSize(RecordFields.MOST_CHARACTERS)
              .build(reading, in, StandardCharsets.UTF_8)
              .iterator();
      RecordFields header = record();
      if (header == null) {
        throw new WrongLog(
            file + ":1:1: found no header; accepted: the names of the columns, such as price");
      }
      names = new String[header.count()];
      columns = new Column[names.length];
      readHeader(header);
    } catch (RuntimeException | IOException e) {
      in.close();
      throw e;
    }
  }

  private void readHeader(RecordFields header) {
    if (header.isExcessive()) {
      throw wrongHeader(
          1,
          "more than " + names.length + " columns",
          "at most "
              + RecordFields.MOST_FIELDS
              + ", of "
              + RecordFields.MOST_CHARACTERS
              + " characters in all");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      names[i] = header.field(i);
      columns[i] = Column.of(names[i]);
      if (!seen.add(names[i])) {
        throw wrongHeader(
            header.column(i), "a second column '" + names[i] + "'", "each column once");
      }
    }
    if (!seen.contains(Column.PRICE.header())) {
      throw wrongHeader(
          1, "the columns " + String.join(", ", names), "a column 'price' among them");
    }
    if (!seen.contains(Column.VALUE.header()) && !seen.contains(Column.PCTR.header())) {
      throw wrongHeader(
          1, "the columns " + String.join(", ", names), "a column 'value' or 'pctr' among them");
    }
  }

  private WrongLog wrongHeader(int column, String found, String accepted) {
    return new WrongLog(file + ":1:" + column + ": found " + found + "; accepted: " + accepted);
  }

  /** The next record, or null. */
  private @Nullable RecordFields record() throws IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause() == null ? new IOException(e) : e.getCause();
    } catch (CsvParseException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException io) {
        throw io;
      }
      throw new WrongLog(
          file
              + ":"
              + Math.max(1, reading.line())
              + ":1: found no fields ("
              + e.getMessage()
              + "); accepted: quotes that are closed, and fields of at most "
              + RecordFields.MOST_CHARACTERS
              + " characters",
          e);
    }
  }

  @Override
  public boolean next(LogRow row) throws IOException, UnreadableRow {
    RecordFields record = record();
    if (record == null) {
      return false;
    }
    last = record;
    row.clear(record.line());
    if (record.isExcessive()) {
      throw unreadable(
          record,
          1,
          "a record of more than "
              + RecordFields.MOST_FIELDS
              + " fields or "
              + RecordFields.MOST_CHARACTERS
              + " characters",
          names.length + " fields, as in the header");
    }
    if (record.count() != names.length) {
      throw unreadable(
          record,
          record.column(Math.min(record.count(), names.length)),
          record.count() + " fields",
          names.length + ", as in the header");
    }
    for (int i = 0; i < names.length; i++) {
      Column column = columns[i];
      if (record.isEmpty(i)) {
        continue;
      }
      if (column == null) {
        if (fields.keepsTexts()) {
          row.attribute(names[i], record.field(i));
        }
      } else if (!fields.read(column, row, record.text(), record.from(i), record.to(i))) {
        throw unreadable(
            record,
            record.column(i),
            column.header() + " " + UnreadableRow.quoted(record.field(i)),
            column.accepted());
      }
    }
    return true;
  }

  private UnreadableRow unreadable(RecordFields record, int column, String found, String accepted) {
    return new UnreadableRow(
        file, record.line(), column, found, accepted, record.record(separator));
  }

  @Override
  public String text() {
    return last == null ? "" : last.record(separator);
  }

  @Override
  public int position(Column column) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == column && last != null && i < last.count()) {
        return last.column(i);
      }
    }
    return 1;
  }

  @Override
  public long bytesRead() {
    return in.bytesRead();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
