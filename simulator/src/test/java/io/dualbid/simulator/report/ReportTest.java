package io.dualbid.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dualbid.simulator.report.Plot.Axis;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
  private static Document parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static Plot plot(String name) {
    return new Plot(
            name,
            "Regret & more",
            "Two lines, a < b",
            new Axis("auctions", true),
            new Axis("regret", true))
        .line(
            new Series(
                "first",
                List.of(
                    new Series.Point(1_000, 4, 0.5),
                    new Series.Point(10_000, 12, 20),
                    new Series.Point(100_000, -1, 1)),
                true))
        .line(new Series("second", List.of(new Series.Point(1_000, 3, Double.NaN)), false));
  }

  private static Report report() {
    return new Report("A <title>")
        .section("Plots")
        .plot(plot("one"), "A caption")
        .plot(plot("two"), "Another")
        .section("Numbers")
        .text("1 < 2 & \"so on\"")
        .table(new Table("A table", List.of("policy", "regret")).row(List.of("a<b", "1.0")))
        .command("Again:", "dualbid simulate x.yaml");
  }

  @Test
  void isWellFormedAndNeedsNothingElse() throws Exception {
    String html = report().html();
    Document page = parsed(html);
    assertThat(page.getElementsByTagName("h2").getLength()).isEqualTo(2);
    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(page.getElementsByTagName("link").getLength()).isZero();
    assertThat(html.replaceAll("xmlns(:xlink)?=\"[^\"]*\"", "")).doesNotContain("http");
    assertThat(page.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A <title>");
  }

  @Test
  void namesAndDescribesEachPlotForThoseWhoDoNotSeeIt() throws Exception {
    Document page = parsed(report().html());
    NodeList plots = page.getElementsByTagName("svg");
    assertThat(plots.getLength()).isEqualTo(2);
    Element plot = (Element) plots.item(0);
    assertThat(plot.getAttribute("role")).isEqualTo("img");
    assertThat(plot.getAttribute("aria-labelledby")).isEqualTo("one-title one-desc");
    assertThat(plot.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Regret & more");
    assertThat(plot.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("Two lines, a < b");
    assertThat(page.getElementsByTagName("figcaption").item(1).getTextContent())
        .isEqualTo("Another");
    assertThat(page.getElementsByTagName("caption").getLength()).isEqualTo(1);
    assertThat(((Element) page.getElementsByTagName("th").item(0)).getAttribute("scope"))
        .isEqualTo("col");
  }

  @Test
  void usesEachIdOnce() throws Exception {
    NodeList all = parsed(report().html()).getElementsByTagName("*");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < all.getLength(); i++) {
      String id = ((Element) all.item(i)).getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("the id %s", id).isTrue();
    }
    assertThat(ids).contains("s1", "s2", "one-title", "two-title");
  }

  @Test
  void drawsInColoursOfTheThemeAlone() throws Exception {
    String svg = plot("one").svg();
    assertThat(svg).contains("var(--l0)", "var(--l1)", "var(--text)", "var(--grid)");
    assertThat(svg).doesNotContain("rgb(").doesNotContainPattern("#[0-9a-fA-F]{3}");
    // Labels are text, not outlines of letters.
    assertThat(svg).contains(">auctions</text>", ">regret</text>", ">10,000</text>");
    String file = plot("one").file();
    parsed(file);
    assertThat(file).contains("prefers-color-scheme: dark", "--l1: #", "first", "second");
  }

  @Test
  void refusesRowsOfAnotherLengthAndNamesThatAreNoIds() {
    assertThatThrownBy(() -> new Table("t", List.of("a")).row(List.of("1", "2")))
        .hasMessageContaining("1 columns");
    assertThatThrownBy(() -> plot("Not an id")).hasMessageContaining("Not an id");
  }

  /** Numbers of the axis are told with all their digits, however small. */
  @Test
  void labelsSmallNumbersInFull() {
    Plot small =
        new Plot("small", "Small", "Small", new Axis("x", false), new Axis("y", false))
            .line(
                new Series(
                    "line",
                    List.of(new Series.Point(1, 0.0001, 0), new Series.Point(2, 0.0004, 0)),
                    true));
    assertThat(small.svg()).contains(">0.0002<").doesNotContain(">0.00<");
  }
}
