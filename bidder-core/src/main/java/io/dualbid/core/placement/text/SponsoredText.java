package io.dualbid.core.placement.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Content with ads in it, each within a label that says so. At the end of a paragraph an ad is a
 * paragraph of its own, elsewhere a sentence of its own. Taking the insertions out again gives the
 * content back as it came, character for character.
 *
 * @param text the content with its ads
 * @param insertions what was put in, in reading order
 */
public record SponsoredText(String text, List<Insertion> insertions) {
  /**
   * An ad to put in.
   *
   * @param point where
   * @param creative which it is, an index of the caller's
   * @param text its text, plain: what Markdown would read into it is written out
   */
  public record Ad(InsertionPoint point, int creative, String text) {}

  /**
   * What was put in.
   *
   * @param start offset of its first character in the new text
   * @param end offset after its last character
   * @param creative the caller's index
   */
  public record Insertion(int start, int end, int creative) {}

  public SponsoredText {
    insertions = List.copyOf(insertions);
  }

  /**
   * Puts ads in.
   *
   * @param ads in any order, at most one at a place
   */
  public static SponsoredText of(String content, List<Ad> ads, SponsoredLabel label) {
    List<Ad> sorted = new ArrayList<>(ads);
    sorted.sort(Comparator.comparingInt((Ad ad) -> ad.point().offset()));
    StringBuilder text = new StringBuilder();
    List<Insertion> insertions = new ArrayList<>();
    int from = 0;
    for (Ad ad : sorted) {
      int offset = ad.point().offset();
      if (offset <= from && !insertions.isEmpty()) {
        throw new IllegalArgumentException("two ads at offset " + offset);
      }
      text.append(content, from, offset);
      int start = text.length();
      text.append(ad.point().endsParagraph() ? "\n\n" : " ").append(label.around(ad.text()));
      insertions.add(new Insertion(start, text.length(), ad.creative()));
      from = offset;
    }
    return new SponsoredText(text.append(content, from, content.length()).toString(), insertions);
  }

  /** The content without its ads. */
  public String withoutAds() {
    StringBuilder content = new StringBuilder();
    int from = 0;
    for (Insertion insertion : insertions) {
      content.append(text, from, insertion.start());
      from = insertion.end();
    }
    return content.append(text, from, text.length()).toString();
  }
}
