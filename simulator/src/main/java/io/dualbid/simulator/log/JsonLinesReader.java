package io.dualbid.simulator.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Rows that are JSON objects, one a line, by Jackson. Fields that are null count as absent. */
final class JsonLinesReader implements RowReader {
  private static final String OBJECT = "an object with price and value or pctr";
  private static final String ALLOCATION =
      ": found an allocation log; accepted: auctions with a price each (dualbid hindsight and"
          + " replay read allocation logs)";
  private static final int MOST_TRIED = 100;
  private static final char[] NO = {'0'};
  private static final char[] YES = {'1'};

  private final JsonFactory json =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private final Path file;
  private final FieldReader fields;
  private final LineReader lines;
  private String line = "";

  JsonLinesReader(Path file, FieldReader fields) throws IOException {
    this.file = file;
    this.fields = fields;
    this.lines = new LineReader(file);
  }

  @Override
  public boolean next(LogRow row) throws IOException, UnreadableRow {
    String next = lines.next();
    while (next != null && next.isBlank()) {
      next = lines.next();
    }
    if (next == null) {
      return false;
    }
    line = lines.number() == 1 && next.startsWith("\uFEFF") ? next.substring(1) : next;
    row.clear(lines.number());
    try (JsonParser parser = json.createParser(line)) {
      read(parser, row);
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw unreadable(column, "no JSON (" + e.getOriginalMessage() + ")", OBJECT);
    }
    return true;
  }

  private void read(JsonParser parser, LogRow row) throws IOException, UnreadableRow {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw unreadable(1, UnreadableRow.quoted(line), OBJECT);
    }
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      String name = parser.currentName();
      Column column = Column.of(name);
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      if (column == null) {
        attribute(parser, name, value, row);
      } else if (!read(parser, column, value, row)) {
        throw unreadable(
            parser.currentTokenLocation().getColumnNr(),
            column.header() + " " + UnreadableRow.quoted(parser.getText()),
            column.accepted());
      }
    }
    if (parser.nextToken() != null) {
      throw unreadable(
          parser.currentTokenLocation().getColumnNr(), "more after the object", "one a line");
    }
  }

  private boolean read(JsonParser parser, Column column, JsonToken value, LogRow row)
      throws IOException {
    if (value.isBoolean()) {
      boolean yes = value == JsonToken.VALUE_TRUE;
      return column == Column.CLICK && fields.read(column, row, yes ? YES : NO, 0, 1);
    }
    if (!value.isScalarValue()) {
      return false;
    }
    int from = parser.getTextOffset();
    return fields.read(
        column, row, parser.getTextCharacters(), from, from + parser.getTextLength());
  }

  private void attribute(JsonParser parser, String name, JsonToken value, LogRow row)
      throws IOException {
    if (lines.number() == 1 && value.isStructStart() && isOfAllocation(name)) {
      throw new WrongLog(file + ":1:1" + ALLOCATION);
    }
    if (value.isStructStart()) {
      int from = (int) parser.currentTokenLocation().getCharOffset();
      parser.skipChildren();
      if (fields.keepsTexts()) {
        row.attribute(name, line.substring(from, (int) parser.currentLocation().getCharOffset()));
      }
    } else if (fields.keepsTexts()) {
      row.attribute(name, parser.getText());
    }
  }

  private static boolean isOfAllocation(String name) {
    return name.equals("options") || name.equals("capacity");
  }

  /**
   * Whether a log is one of allocations: its first line that can be read has options or capacities.
   *
   * @throws IOException if the file can't be read
   */
  static boolean isAllocationLog(Path file) throws IOException {
    JsonFactory json = new JsonFactory();
    try (LineReader lines = new LineReader(file)) {
      String line = lines.next();
      for (int tried = 0; line != null && tried < MOST_TRIED; tried++) {
        try (JsonParser parser = json.createParser(line)) {
          if (parser.nextToken() == JsonToken.START_OBJECT) {
            return hasAllocations(parser);
          }
        } catch (JsonProcessingException e) {
          // This line is told of when the log is read; the next may say what log it is.
        }
        line = lines.next();
      }
      return false;
    } catch (EOFException | ZipException | UnreadableRow e) {
      // What is wrong is told when the log is read.
      return false;
    }
  }

  private static boolean hasAllocations(JsonParser parser) throws IOException {
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      found |= parser.nextToken().isStructStart() && isOfAllocation(name);
      parser.skipChildren();
    }
    return found;
  }

  private UnreadableRow unreadable(int column, String found, String accepted) {
    return new UnreadableRow(file, lines.number(), column, found, accepted, line);
  }

  @Override
  public String text() {
    return line;
  }

  @Override
  public int position(Column column) {
    return Math.max(0, line.indexOf('"' + column.header() + '"')) + 1;
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
