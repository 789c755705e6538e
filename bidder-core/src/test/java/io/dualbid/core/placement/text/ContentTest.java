package io.dualbid.core.placement.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {
  private static final String TRIP =
      "# Packing for a rainy trip\n\nRain changes plans. Take a light coat, e.g. one that folds! "
          + "Dr. Moss agrees: \"Stay dry.\" Then go.\n\n- socks. Two pairs.\n- boots\n\n"
          + "> A quote. Not ours.\n\n```\ncode. More code.\n```\n\n"
          + "A second paragraph has one sentence only.\n\n## Last part\n\n"
          + "It ends here. Was it short? Yes.\n";

  private static List<Integer> offsets(String text, Granularity granularity, int minGap) {
    return Content.parse(text).points(granularity, minGap).stream()
        .map(InsertionPoint::offset)
        .toList();
  }

  /** What stands before each place, from the place before it. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (int offset : offsets(text, Granularity.SENTENCE, 0)) {
      pieces.add(text.substring(from, offset).strip());
      from = offset;
    }
    return pieces;
  }

  @Test
  void findsEndsOfParagraphsAndSentences() {
    assertThat(offsets(TRIP, Granularity.PARAGRAPH, 0)).containsExactly(125, 245, 293);
    assertThat(offsets(TRIP, Granularity.SENTENCE, 0))
        .containsExactly(47, 87, 116, 125, 245, 274, 288, 293);
    assertThat(offsets(TRIP, Granularity.SENTENCE, 60)).containsExactly(47, 116, 245);
  }

  @Test
  void findsNothingWhereThereIsNoProse() {
    for (String text :
        List.of(
            "",
            "   \n\n",
            "# A heading. Two sentences.\n",
            "Underlined. Heading.\n=====\n",
            "- one. Two.\n- three. Four.\n",
            "1. one. Two.\n\n   A second paragraph of it. More.\n",
            "> quoted. Two.\nand more of it. Three.\n",
            "- item\nthat goes on. And on.\n",
            "    indented. Code.\n",
            "~~~\nfenced. Code.\n\nMore. Code.\n",
            "| a. B | c |\n|---|---|\n| d. E | f |\nlast row. Still.\n",
            "| no. Delimiter | row. Here |\n",
            "<div>\nHypertext. Two.\n</div>\n",
            "---\n",
            "[name]: https://example.org/A \"Title. Two.\"\n")) {
      assertThat(offsets(text, Granularity.SENTENCE, 0)).as(text).isEmpty();
    }
  }

  @Test
  void takesProseRightAfterAHeadingOrAFence() {
    assertThat(pieces("# Title\nOne. Two.\n")).containsExactly("# Title\nOne.", "Two.");
    assertThat(offsets("```\nx\n```\nOne. Two.\n", Granularity.PARAGRAPH, 0)).containsExactly(19);
  }

  @Test
  void leavesLinksEmphasisCodeAndHypertextWhole() {
    assertThat(pieces("See [One. Two](https://a.example). Next.\n")).hasSize(2);
    assertThat(pieces("*One. Two.* Three.\n")).containsExactly("*One. Two.* Three.");
    assertThat(pieces("Call `a. B` now. Next.\n")).containsExactly("Call `a. B` now.", "Next.");
    assertThat(pieces("<b>One. Two.</b> Three.\n")).hasSize(1);
  }

  @Test
  void countsUnitsOfTheTextAsItCame() {
    String windows = "One \ud83d\ude00. Two.\r\n\r\nThree.\r\n";
    assertThat(offsets(windows, Granularity.SENTENCE, 0)).containsExactly(7, 12, 22);
    assertThat(offsets("  One. Two.", Granularity.PARAGRAPH, 0)).containsExactly(11);
  }

  @Test
  void takesTheContextFromTheSameSection() {
    Content content = Content.parse(TRIP);
    List<InsertionPoint> points = content.points(Granularity.SENTENCE, 0);
    assertThat(content.context(points.get(1)))
        .isEqualTo(
            "Rain changes plans. Take a light coat, e.g. one that folds!"
                + " Dr. Moss agrees: \"Stay dry.\"");
    // The last sentence before the last heading, and the first after it.
    assertThat(content.context(points.get(4)))
        .isEqualTo("Then go. A second paragraph has one sentence only.");
    assertThat(content.context(points.get(5))).isEqualTo("It ends here. Was it short?");
    assertThat(content.before(points.get(5))).isEqualTo("It ends here.");
  }

  @Test
  void takesNoMarkupIntoAContext() {
    Content content =
        Content.parse("Read *this* [page](https://a.example/x \"T\") and `code`,\nplease.\n");
    assertThat(content.context(content.points(Granularity.PARAGRAPH, 0).get(0)))
        .isEqualTo("Read this page and code, please.");
  }

  @Test
  void boundsAContext() {
    String text = "A" + "a".repeat(900) + ". B" + "b".repeat(900) + ". C" + "c".repeat(900) + ".";
    Content content = Content.parse(text);
    String context = content.context(content.points(Granularity.SENTENCE, 0).get(1));
    assertThat(context).hasSize(600).endsWith("b. C" + "c".repeat(249));
  }
}
