package io.dualbid.core.placement.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceEndsTest {
  private static List<String> sentences(String paragraph) {
    List<String> sentences = new ArrayList<>();
    int from = 0;
    for (int end : SentenceEnds.of(paragraph)) {
      sentences.add(paragraph.substring(from, end).strip());
      from = end;
    }
    return sentences;
  }

  @Test
  void keepsAbbreviationsAndInitialsWhole() {
    for (String one :
        List.of(
            "Ask Dr. Moss, Prof. Ada Byron or J. S. Bach.",
            "Many fruits, e.g. Apples and i.e. Pears, keep.",
            "The U.S. Open begins at 9 a.m. Monday.",
            "See Fig. 3 and No. 5, vol. 2.",
            "Smith et al. Found it on Jan. 5.",
            "Foo Inc. Europe and Bar Ltd. Asia.")) {
      assertThat(sentences(one)).as(one).containsExactly(one);
    }
  }

  @Test
  void endsAtWordsThatAreAbbreviationsOnlyBeforeDigits() {
    assertThat(sentences("I said no. Then I left. It may. Or not."))
        .containsExactly("I said no.", "Then I left.", "It may.", "Or not.");
  }

  @Test
  void keepsDecimalsAddressesAndFileNamesWhole() {
    for (String one :
        List.of(
            "Pi is 3.14 or 3.1416 at best.",
            "Go to https://example.org/a.B?c=D! or mail a.b@c.example today.",
            "Open pom.xml and Main.java.",
            "wait... what?")) {
      assertThat(sentences(one)).as(one).containsExactly(one);
    }
  }

  @Test
  void takesClosingQuotesAndBracketsAlong() {
    assertThat(
            sentences("\u201cStay!\u201d He went. (It rained.) 3 days. \u201cYes?\u201d \"No.\""))
        .containsExactly(
            "\u201cStay!\u201d", "He went. (It rained.)", "3 days.", "\u201cYes?\u201d", "\"No.\"");
    assertThat(sentences("Really?! Yes... Well.")).containsExactly("Really?!", "Yes...", "Well.");
  }

  @Test
  void waitsForCodeToClose() {
    assertThat(sentences("Type `a. B. C` here. Then `x`. Done."))
        .containsExactly("Type `a. B. C` here.", "Then `x`.", "Done.");
  }

  @Test
  void goesAcrossLines() {
    assertThat(sentences("One.\nTwo\nlines.\nThree"))
        .containsExactly("One.", "Two\nlines.", "Three");
  }
}
