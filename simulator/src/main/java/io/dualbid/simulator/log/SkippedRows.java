package io.dualbid.simulator.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows that can't be read and writes each to a file with its place and reason, a JSON object
 * a line. The file is made for the first such row; one of an earlier run is removed. Of very many
 * such rows the first {@value #MOST_WRITTEN} are written and all are counted, and of a very long
 * one the beginning, so that a small file which inflates to a large one doesn't fill the disk.
 */
public final class SkippedRows implements Closeable {
  /** Rows that are written. */
  static final int MOST_WRITTEN = 100_000;

  private static final int LONGEST_ROW = 10_000;
  private static final Path NOWHERE = Path.of("");

  private final Path file;
  private long count;
  private @Nullable JsonGenerator out;

  /**
   * Rows to be written to a file.
   *
   * @throws IOException if an earlier one can't be removed
   */
  public SkippedRows(Path file) throws IOException {
    this.file = file;
    if (Files.isRegularFile(file)) {
      Files.delete(file);
    }
  }

  private SkippedRows() {
    file = NOWHERE;
  }

  /** Rows that were told before, as a log is read for the second time: they are only counted. */
  public static SkippedRows told() {
    return new SkippedRows();
  }

  void add(UnreadableRow row) throws IOException {
    count++;
    if (file.equals(NOWHERE) || count > MOST_WRITTEN) {
      return;
    }
    JsonGenerator json = out;
    if (json == null) {
      // Such a writer replaces halves of characters, which a row may hold and no bytes stand for.
      Writer replacing =
          new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8);
      json = new JsonFactory().createGenerator(replacing).setRootValueSeparator(null);
      out = json;
    }
    json.writeStartObject();
    json.writeStringField("file", row.file().toString());
    json.writeNumberField("line", row.line());
    json.writeNumberField("column", row.column());
    json.writeStringField("found", row.found());
    json.writeStringField("accepted", row.accepted());
    String text = row.row();
    boolean whole = text.length() <= LONGEST_ROW;
    json.writeStringField("row", whole ? text : text.substring(0, LONGEST_ROW) + "…");
    json.writeEndObject();
    json.writeRaw('\n');
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** Where they are written. */
  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
