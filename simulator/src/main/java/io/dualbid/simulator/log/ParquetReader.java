package io.dualbid.simulator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file, by DuckDB in this process: streamed in the order of the file, on one
 * thread, within {@value #MEMORY} of memory beside the heap. Times without a zone are UTC.
 */
final class ParquetReader implements RowReader {
  private static final String MEMORY = "256MB";

  private final Path file;
  private final FieldReader fields;
  private final long bytes;
  private final Connection database;
  private final PreparedStatement query;
  private final ResultSet rows;
  private final String[] names;
  private final @Nullable Column[] columns;
  private final boolean[] wanted;
  private final long count;
  private long number;

  @SuppressWarnings("this-escape") // closes what it has opened
  ParquetReader(Path file, FieldReader fields) throws IOException {
    this.file = file;
    this.fields = fields;
    this.bytes = Files.size(file);
    Connection opened = null;
    try {
      Properties properties = new Properties();
      properties.setProperty("jdbc_stream_results", "true");
      properties.setProperty("threads", "1");
      properties.setProperty("memory_limit", MEMORY);
      opened = DriverManager.getConnection("jdbc:duckdb:", properties);
      count = count(opened, file);
      query = opened.prepareStatement("SELECT * FROM read_parquet(?)");
      query.setString(1, file.toString());
      rows = query.executeQuery();
      ResultSetMetaData header = rows.getMetaData();
      names = new String[header.getColumnCount()];
      columns = new Column[names.length];
      wanted = new boolean[names.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = header.getColumnName(i + 1);
        columns[i] = Column.of(names[i]);
        wanted[i] = fields.keepsTexts() || (columns[i] != null && columns[i] != Column.REQUEST_ID);
      }
    } catch (SQLException e) {
      close(opened);
      throw new WrongLog(
          file + ":1:1: found no Parquet (" + firstLine(e) + "); accepted: a Parquet file", e);
    }
    database = opened;
  }

  private static long count(Connection database, Path file) throws SQLException {
    try (PreparedStatement query =
        database.prepareStatement("SELECT count(*) FROM read_parquet(?)")) {
      query.setString(1, file.toString());
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static void close(@Nullable Connection opened) throws IOException {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public boolean next(LogRow row) throws IOException, UnreadableRow {
    try {
      if (!rows.next()) {
        return false;
      }
      number++;
      row.clear(number);
      for (int i = 0; i < names.length; i++) {
        // Taking a value out costs more than all else; what nobody wants stays where it is.
        Object value = wanted[i] ? rows.getObject(i + 1) : null;
        if (value != null) {
          read(i, value, row);
        }
      }
      return true;
    } catch (SQLException e) {
      throw new IOException(file + ":" + (number + 1) + ":1: " + firstLine(e), e);
    }
  }

  private void read(int i, Object value, LogRow row) throws UnreadableRow {
    Column column = columns[i];
    if (column == null) {
      row.attribute(names[i], value.toString());
      return;
    }
    char[] text = text(value).toCharArray();
    if (!fields.read(column, row, text, 0, text.length)) {
      throw new UnreadableRow(
          file,
          number,
          i + 1,
          column.header() + " " + UnreadableRow.quoted(value.toString()),
          column.accepted(),
          text());
    }
  }

  @Override
  public int position(Column column) {
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] == column) {
        return i + 1;
      }
    }
    return 1;
  }

  /** A value as a text format would have it: doubles as their shortest decimals. */
  private static String text(Object value) {
    if (value instanceof Boolean yes) {
      return yes ? "1" : "0";
    }
    if (value instanceof java.sql.Timestamp time) {
      return Long.toString(time.toLocalDateTime().toInstant(ZoneOffset.UTC).toEpochMilli());
    }
    if (value instanceof LocalDateTime time) {
      return Long.toString(time.toInstant(ZoneOffset.UTC).toEpochMilli());
    }
    if (value instanceof OffsetDateTime time) {
      return Long.toString(time.toInstant().toEpochMilli());
    }
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    return value.toString();
  }

  @Override
  public String text() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    try {
      for (int i = 0; i < names.length; i++) {
        text.add(names[i] + ": " + rows.getObject(i + 1));
      }
    } catch (SQLException e) {
      text.add(firstLine(e));
    }
    return text.toString();
  }

  @Override
  public long bytesRead() {
    return count == 0 ? bytes : (long) ((double) number / count * bytes);
  }

  @Override
  public void close() throws IOException {
    try {
      rows.close();
      query.close();
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      close(database);
    }
  }
}
