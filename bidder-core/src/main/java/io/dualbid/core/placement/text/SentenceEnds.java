package io.dualbid.core.placement.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Ends of sentences within one paragraph: after {@code .}, {@code !} or {@code ?} and what closes
 * around it, if white space and then a capital, a digit or an opening quote follows. Not after a
 * known abbreviation or an initial, and not while a span of code is open (an odd number of
 * back-ticks so far). Decimals and addresses have no white space after their points, so they are no
 * ends.
 *
 * <p>{@link java.text.BreakIterator} ends sentences after "Dr." and "e.g. A", which would put an ad
 * into the middle of one; so the rule is written out here.
 */
final class SentenceEnds {
  private static final String CLOSING = "\"')]}\u201d\u2019\u00bb";
  private static final String OPENING_QUOTES = "\"'\u201c\u2018\u00ab\u201e";

  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "adm", "al", "approx", "apr", "aug", "ave", "bros", "ca", "capt", "cf", "corp", "dept",
          "dr", "eds", "eq", "est", "etc", "feb", "fig", "figs", "gen", "gov", "hon", "inc", "incl",
          "jr", "jul", "jun", "lt", "ltd", "mr", "mrs", "ms", "mt", "nov", "oct", "pp", "prof",
          "rep", "resp", "rev", "sen", "sep", "sept", "sgt", "sr", "st", "viz", "vol", "vs");

  /** Abbreviations that are words too; they count as such before a digit only, as in "No. 5". */
  private static final Set<String> BEFORE_DIGITS =
      Set.of("ch", "col", "dec", "ed", "jan", "mar", "may", "no", "nos", "sec");

  private SentenceEnds() {}

  /**
   * Where sentences of a paragraph end.
   *
   * @param paragraph its source
   * @return offsets after the last character of each sentence, rising; the last is the paragraph's
   *     end
   */
  static List<Integer> of(String paragraph) {
    List<Integer> ends = new ArrayList<>();
    int backTicks = 0;
    int i = 0;
    while (i < paragraph.length()) {
      char c = paragraph.charAt(i);
      if (c == '`') {
        backTicks++;
      }
      if (!isTerminator(c)) {
        i++;
        continue;
      }
      int word = i;
      while (i < paragraph.length() && isTerminator(paragraph.charAt(i))) {
        i++;
      }
      boolean lonePoint = c == '.' && i == word + 1;
      while (i < paragraph.length() && CLOSING.indexOf(paragraph.charAt(i)) >= 0) {
        i++;
      }
      if (backTicks % 2 == 0
          && startsSentence(paragraph, i)
          && !(lonePoint && isAbbreviated(paragraph, word, i))) {
        ends.add(i);
      }
    }
    ends.add(paragraph.length());
    return ends;
  }

  private static boolean isTerminator(char c) {
    return c == '.' || c == '!' || c == '?';
  }

  private static boolean startsSentence(String text, int from) {
    int at = afterSpace(text, from);
    if (at == from || at == text.length()) {
      return false;
    }
    int next = text.codePointAt(at);
    return Character.isUpperCase(next)
        || Character.isTitleCase(next)
        || Character.isDigit(next)
        || OPENING_QUOTES.indexOf(next) >= 0;
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isAbbreviated(String text, int point, int end) {
    int start = point;
    while (start > 0 && isWordPart(text.charAt(start - 1))) {
      start--;
    }
    String word = text.substring(start, point);
    if (word.isEmpty()) {
      return false;
    }
    if (word.codePointCount(0, word.length()) == 1) {
      return Character.isUpperCase(word.codePointAt(0));
    }
    if (isDotted(word)) {
      return true;
    }
    String lower = word.toLowerCase(Locale.ROOT);
    if (BEFORE_DIGITS.contains(lower)) {
      return Character.isDigit(text.charAt(afterSpace(text, end)));
    }
    return ABBREVIATIONS.contains(lower);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetter(c) || c == '.';
  }

  /** Single letters with points between them, as in e.g, i.e, U.S, p.m. */
  private static boolean isDotted(String word) {
    if (word.length() % 2 == 0) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((i % 2 == 0) != Character.isLetter(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
