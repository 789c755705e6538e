package io.dualbid.core.placement.text;

/**
 * What stands around an ad to say that it is one.
 *
 * @param opening before the ad, not blank
 * @param closing after the ad, not blank
 */
public record SponsoredLabel(String opening, String closing) {
  /** {@code [Sponsored] ... [/Sponsored]}. */
  public static final SponsoredLabel DEFAULT = of("Sponsored");

  /** Characters that can open or close markup in Markdown or HTML, or the label itself. */
  private static final String ACTIVE = "\\`*_[]<>&~|";

  public SponsoredLabel {
    if (opening.isBlank() || closing.isBlank()) {
      throw new IllegalArgumentException("an ad has to be labelled; found a blank label");
    }
  }

  /** A word in brackets. */
  public static SponsoredLabel of(String word) {
    if (word.isBlank()) {
      throw new IllegalArgumentException("an ad has to be labelled; found a blank label");
    }
    return new SponsoredLabel("[" + word + "]", "[/" + word + "]");
  }

  /** An ad's text within the label, on one line. */
  String around(String text) {
    return opening + " " + escaped(text) + " " + closing;
  }

  /**
   * Plain text as Markdown that reads the same: it can't close the label, open code, a link, a
   * table or a tag, or begin a line.
   */
  public static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (ACTIVE.indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
