package io.dualbid.core.placement.text;

import java.util.Locale;

/** How finely content is cut: which of its ends are candidates for ads. */
public enum Granularity {
  /** Ends of paragraphs. */
  PARAGRAPH,
  /** Ends of sentences, those of paragraphs among them. */
  SENTENCE;

  /** As it is written in files and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
