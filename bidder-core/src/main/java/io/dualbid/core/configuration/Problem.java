package io.dualbid.core.configuration;

/**
 * One thing wrong with a file.
 *
 * @param file the file
 * @param line line from 1
 * @param column column from 1
 * @param path JSON pointer of the value, such as {@code /campaigns/0/budget}
 * @param found what stands there
 * @param accepted what would be accepted
 */
public record Problem(
    String file, int line, int column, String path, String found, String accepted) {
  /** {@code FILE:LINE:COLUMN: found; accepted}, as editors and terminals link it. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + found + "; accepted: " + accepted;
  }
}
