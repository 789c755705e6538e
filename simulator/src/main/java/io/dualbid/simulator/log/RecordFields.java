package io.dualbid.simulator.log;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.Arrays;

/**
 * The fields of one record, in one array that each record overwrites: FastCSV fills it. Memory is
 * that of the longest record, at most {@value #MOST_CHARACTERS} characters.
 */
final class RecordFields extends CsvCallbackHandler<RecordFields> {
  /** Longest record that is read, and longest field. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** Most fields of a record. */
  static final int MOST_FIELDS = 4_096;

  private RecordType type = RecordType.DATA;
  private char[] text = new char[1024];
  private int[] end = new int[32];
  private boolean[] quoted = new boolean[32];
  private int count;
  private long line;
  private boolean excessive;

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return count;
  }

  @Override
  protected void beginRecord(long startingLineNumber) {
    line = startingLineNumber;
    type = RecordType.DATA;
    count = 0;
    excessive = false;
  }

  @Override
  protected void addField(char[] buffer, int offset, int length, boolean isQuoted) {
    if (count == MOST_FIELDS || from(count) + length > MOST_CHARACTERS) {
      // What is beyond is passed over, and the record told as one that can't be read.
      excessive = true;
      return;
    }
    if (count == end.length) {
      end = Arrays.copyOf(end, 2 * count);
      quoted = Arrays.copyOf(quoted, 2 * count);
    }
    int from = from(count);
    if (from + length > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, from + length));
    }
    System.arraycopy(buffer, offset, text, from, length);
    end[count] = from + length;
    quoted[count] = isQuoted;
    count++;
  }

  @Override
  protected void setComment(char[] buffer, int offset, int length) {
    type = RecordType.COMMENT;
  }

  @Override
  protected void setEmpty() {
    type = RecordType.EMPTY;
  }

  @Override
  protected RecordFields buildRecord() {
    return this;
  }

  /** Whether it had more fields or characters than are kept. */
  boolean isExcessive() {
    return excessive;
  }

  int count() {
    return count;
  }

  /** The line on which the record begins, from 1. */
  long line() {
    return line;
  }

  char[] text() {
    return text;
  }

  int from(int field) {
    return field == 0 ? 0 : end[field - 1];
  }

  int to(int field) {
    return end[field];
  }

  boolean isEmpty(int field) {
    return from(field) == to(field);
  }

  String field(int field) {
    return new String(text, from(field), to(field) - from(field));
  }

  /** The character at which a field begins in the record, from 1. */
  int column(int field) {
    int column = 1;
    for (int i = 0; i < field; i++) {
      column += written(i) + 1;
    }
    return column;
  }

  /** How many characters the field takes up, its quotes included. */
  private int written(int field) {
    int length = to(field) - from(field);
    if (!quoted[field]) {
      return length;
    }
    for (int i = from(field); i < to(field); i++) {
      length += text[i] == '"' ? 1 : 0;
    }
    return length + 2;
  }

  /** The record as it was written. */
  String record(char separator) {
    StringBuilder record = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        record.append(separator);
      }
      String field = field(i);
      record.append(quoted[i] ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    return record.toString();
  }
}
