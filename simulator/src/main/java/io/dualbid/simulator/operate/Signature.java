package io.dualbid.simulator.operate;

/**
 * Who changes definitions, and why.
 *
 * @param author whoever answers for it, not empty
 * @param reason in a sentence; may be empty
 */
public record Signature(String author, String reason) {
  public Signature {
    if (author.isBlank()) {
      throw new IllegalArgumentException("a change needs an author");
    }
  }
}
