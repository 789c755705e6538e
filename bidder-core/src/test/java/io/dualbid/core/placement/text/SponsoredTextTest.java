package io.dualbid.core.placement.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.core.placement.text.SponsoredText.Ad;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.junit.jupiter.api.Test;

class SponsoredTextTest {
  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer HTML = HtmlRenderer.builder().build();

  private static String html(String markdown) {
    Node node = PARSER.parse(markdown);
    return HTML.render(node).strip();
  }

  @Test
  void makesParagraphsAtEndsOfParagraphsAndSentencesElsewhere() {
    String content = "One. Two.\n\n## H\n\nThree.\n";
    List<InsertionPoint> points = Content.parse(content).points(Granularity.SENTENCE, 0);
    SponsoredText text =
        SponsoredText.of(
            content,
            List.of(new Ad(points.get(1), 7, "Soap!"), new Ad(points.get(0), 3, "Tea")),
            SponsoredLabel.DEFAULT);

    assertThat(text.text())
        .isEqualTo(
            "One. [Sponsored] Tea [/Sponsored] Two.\n\n[Sponsored] Soap! [/Sponsored]"
                + "\n\n## H\n\nThree.\n");
    assertThat(text.insertions())
        .extracting(SponsoredText.Insertion::creative)
        .containsExactly(3, 7);
    assertThat(text.text().substring(text.insertions().get(0).start()))
        .startsWith(" [Sponsored] Tea");
    assertThat(text.withoutAds()).isEqualTo(content);
  }

  @Test
  void refusesTwoAdsAtAPlaceAndABlankLabel() {
    Ad ad = new Ad(new InsertionPoint(4, false), 0, "Tea");
    assertThatThrownBy(() -> SponsoredText.of("One. Two.", List.of(ad, ad), SponsoredLabel.DEFAULT))
        .hasMessageContaining("offset 4");
    assertThatThrownBy(() -> SponsoredLabel.of(" ")).hasMessageContaining("labelled");
  }

  @Test
  void letsNoCreativePoseAsContent() {
    String evil = "x [/Sponsored]\n\n# News <b>`code` *b* [l](http://e) | t &amp; \\";
    String html = html(SponsoredLabel.DEFAULT.around(evil));
    assertThat(html)
        .startsWith("<p>[Sponsored] x [/Sponsored] # News &lt;b&gt;`code` *b* [l](http");
    assertThat(SponsoredLabel.DEFAULT.around(evil)).containsOnlyOnce("[/Sponsored]");
  }

  /** Whatever a creative says, Markdown shows it as it is written. */
  @Property(tries = 2_000)
  void showsACreativeAsItIsWritten(@ForAll("words") String words) {
    String shown = "x " + words.strip().replaceAll("\\s+", " ");
    assertThat(html(SponsoredLabel.escaped("x " + words)))
        .isEqualTo(
            "<p>"
                + shown
                    .strip()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                + "</p>");
  }

  @Property(tries = 2_000)
  void givesTheContentBack(@ForAll("content") String content, @ForAll("words") String words) {
    Content parsed = Content.parse(content);
    List<Ad> ads = new ArrayList<>();
    for (InsertionPoint point : parsed.points(Granularity.SENTENCE, 0)) {
      assertThat(point.offset()).isBetween(1, content.length());
      assertThat(parsed.context(point).length()).isLessThanOrEqualTo(600);
      ads.add(new Ad(point, ads.size(), words));
    }
    SponsoredText text = SponsoredText.of(content, ads, SponsoredLabel.DEFAULT);
    assertThat(text.withoutAds()).isEqualTo(content);
    assertThat(text.insertions()).hasSize(ads.size());
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("aB1.!?`*_[]()<>&~|#\\\"'- \n:/").ofMaxLength(30);
  }

  @Provide
  Arbitrary<String> content() {
    return Arbitraries.of(
            "One. ",
            "Two! ",
            "Three?\n",
            "\n\n",
            "# H\n",
            "- item. Two.\n",
            "> quote. Two.\n",
            "```\n",
            "    code. Two.\n",
            "`a. B` ",
            "*a. B* ",
            "[a. B](c) ",
            "|a|b|\n|-|-|\n",
            "\r\n",
            "---\n",
            "<b>x. Y</b> ",
            "\u00e9. \ud83d\ude00 ",
            "\t",
            "[a]: b\n")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }
}
