package io.dualbid.simulator.log;

import java.nio.file.Path;

/** A row that can't be read, while those after it can. */
public final class UnreadableRow extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_SHOWN = 80;

  private final transient Path file;
  private final long line;
  private final int column;
  private final String found;
  private final String accepted;
  private final String row;

  /**
   * A row with what is wrong.
   *
   * @param line from 1
   * @param column the character on the line, or for Parquet the column; from 1
   * @param found what stands there, in words
   * @param accepted what might, in words
   * @param row the text of the row
   */
  UnreadableRow(Path file, long line, int column, String found, String accepted, String row) {
    super(file + ":" + line + ":" + column + ": found " + found + "; accepted: " + accepted);
    this.file = file;
    this.line = line;
    this.column = column;
    this.found = found;
    this.accepted = accepted;
    this.row = row;
  }

  /** A text in quotes, cut where it is long. */
  static String quoted(String text) {
    return "'"
        + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text)
        + "'";
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The line, from 1. */
  public long line() {
    return line;
  }

  /** Where on the line, from 1. */
  public int column() {
    return column;
  }

  /** What was found. */
  public String found() {
    return found;
  }

  /** What is accepted. */
  public String accepted() {
    return accepted;
  }

  /** The text of the row. */
  public String row() {
    return row;
  }
}
