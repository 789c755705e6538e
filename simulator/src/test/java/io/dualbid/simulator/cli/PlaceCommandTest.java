package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceCommandTest {
  private static final Path EXAMPLES = Path.of("..", "config", "placement");
  private static final String CREATIVES = EXAMPLES.resolve("creatives.yaml").toString();

  private static final String WORKED = EXAMPLES.resolve("worked-example.json").toString();

  @TempDir private Path folder = Path.of("");

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private static JsonNode json(String... args) throws IOException {
    List<String> all = new ArrayList<>(List.of("place", "--json"));
    all.addAll(List.of(args));
    Captured run = Captured.run(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  private static JsonNode example(String text, String... more) throws IOException {
    List<String> args =
        new ArrayList<>(List.of(EXAMPLES.resolve(text).toString(), "--creatives", CREATIVES));
    args.addAll(List.of(more));
    return json(args.toArray(String[]::new));
  }

  private static List<String> shown(JsonNode json) {
    return json.path("placements").findValuesAsText("advertiser");
  }

  /** The example that docs/placement.md works out by hand. */
  @Test
  void decidesTheWorkedExampleForUsersWhoReadFromTheTop() throws IOException {
    JsonNode json = json(WORKED, "--model", "cascade");
    assertThat(shown(json)).containsExactly("a", "b");
    assertThat(json.path("welfare").asDouble()).isCloseTo(6.8, within(1e-12));
    assertThat(json.at("/placements/0/click_probability").asDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(json.at("/placements/1/click_probability").asDouble())
        .isCloseTo(0.45, within(1e-12));
    assertThat(json.at("/placements/0/price_per_click").asDouble()).isCloseTo(3.6, within(1e-12));
    assertThat(json.at("/placements/1/price_per_click").asDouble())
        .isCloseTo(0.4 / 0.45, within(1e-12));
    assertThat(json.at("/placements/1/expected_payment").asDouble()).isCloseTo(0.4, within(1e-12));
  }

  /** The same for users who compare. */
  @Test
  void decidesTheWorkedExample() throws IOException {
    JsonNode json = json(WORKED);
    assertThat(shown(json)).containsExactly("a", "b");
    assertThat(json.path("welfare").asDouble()).isCloseTo(8.6 / 2.4, within(1e-12));
    JsonNode a = json.at("/placements/0");
    assertThat(a.path("click_probability").asDouble()).isCloseTo(0.5 / 2.4, within(1e-12));
    assertThat(a.path("price_per_click").asDouble()).isCloseTo(3.6 / 1.9, within(1e-12));
    assertThat(a.path("expected_payment").asDouble())
        .isCloseTo(3.6 / 1.9 - 3.6 / 2.4, within(1e-12));
    assertThat(json.at("/placements/1/price_per_click").asDouble())
        .isCloseTo(5 / 1.5, within(1e-12));
    assertThat(json.at("/losers/0/advertiser").asText()).isEqualTo("c");
    assertThat(json.at("/losers/0/reason").asText()).isEqualTo("dilutes");
    assertThat(json.at("/losers/0/bid_needed").asDouble()).isGreaterThan(8.6 / 2.4);

    String text = Captured.run("place", WORKED).out();
    assertThat(text)
        .contains("Pays 1.895 per click: the others would earn 1.895 per answer without it")
        .contains("earn 1.500 with it")
        .contains("mnl users, welfare");
  }

  @Test
  void putsAdsWhereTheyBelong() throws IOException {
    JsonNode bread = example("bread.md");
    assertThat(shown(bread)).isNotEmpty().allMatch(id -> KITCHEN.contains(id));
    JsonNode mountains = example("mountains.md");
    assertThat(shown(mountains)).containsExactly("alpine-rail", "granite-boots", "casa-mais");
    // The one on cooking stands in the passage on cooking.
    assertThat(mountains.at("/placements/2/context").asText()).contains("butter brown");
    JsonNode files = example("large-files.md");
    assertThat(shown(files)).containsExactly("heapscope", "columna", "greenlight");
    for (JsonNode json : List.of(bread, mountains, files)) {
      for (JsonNode placed : json.path("placements")) {
        assertThat(placed.path("price_per_click").asDouble())
            .isBetween(0.0, placed.path("bid").asDouble());
        assertThat(placed.path("fit").asDouble()).isGreaterThanOrEqualTo(0.32);
      }
      assertThat(json.path("losers").findValuesAsText("advertiser"))
          .contains("tilt-lottery", "swift-cars", "cloudrest", "bowl-and-tail");
    }
  }

  private static final List<String> KITCHEN =
      List.of("mill-river", "ember-pots", "stone-and-crust", "kaji-knives", "casa-mais");

  @Test
  void showsNoneWhereNothingFits() throws IOException {
    String text =
        file(
            "opera.md",
            "# Opera\n\nThe soprano sang the aria twice. The audience wept, and threw flowers.\n");
    JsonNode json = json(text, "--creatives", CREATIVES);
    assertThat(shown(json)).isEmpty();
    assertThat(json.path("welfare").asDouble()).isZero();
    assertThat(json.path("text").asText()).isEqualTo(Files.readString(Path.of(text)));
    assertThat(json.path("losers").findValuesAsText("reason")).containsOnly("fit-below-floor");
  }

  @Test
  void marksWhatIsSponsored() throws IOException {
    JsonNode json = example("mountains.md", "--label", "Ad", "--model", "cascade");
    assertThat(json.path("model").asText()).isEqualTo("cascade");
    String text = json.path("text").asText();
    StringBuilder content = new StringBuilder(text);
    List<JsonNode> insertions = new ArrayList<>();
    json.path("insertions").forEach(insertion -> insertions.add(0, insertion));
    assertThat(insertions).hasSize(json.path("placements").size()).isNotEmpty();
    for (JsonNode insertion : insertions) {
      int start = insertion.path("start").asInt();
      int end = insertion.path("end").asInt();
      assertThat(text.substring(start, end).strip()).startsWith("[Ad] ").endsWith(" [/Ad]");
      content.delete(start, end);
    }
    assertThat(content).hasToString(Files.readString(EXAMPLES.resolve("mountains.md")));
  }

  @Test
  void takesContentAndCreativesFromOneFileAndWeightsFromAnother() throws IOException {
    String content =
        file(
            "content.json",
            """
            {"content": "Knead the dough. Bake the bread in an oven.", "max_ads": 1, "creatives": [
              {"id": "oven", "text": "Ovens for bread", "bid": 2.0,
               "value_distribution": {"kind": "uniform", "low": 0, "high": 2}},
              {"id": "flour", "text": "Flour for bread dough", "bid": 1.5,
               "value_distribution": {"kind": "exponential", "rate": 1}}]}
            """);
    String weights =
        file("weights.yaml", "model: cascade\nalpha: -1\nbeta: 0.5\ncontinuation: 0.5\n");
    JsonNode plain = json(content);
    assertThat(shown(plain)).hasSize(1);
    assertThat(plain.path("model").asText()).isEqualTo("mnl");
    JsonNode weighed = json(content, "--weights", weights, "--objective", "revenue");
    assertThat(weighed.path("model").asText()).isEqualTo("cascade");
    assertThat(weighed.path("objective").asText()).isEqualTo("revenue");
    double fit = weighed.at("/placements/0/fit").asDouble();
    assertThat(weighed.at("/placements/0/click_weight").asDouble())
        .isCloseTo(Math.exp(-1 + 0.5 * fit), within(1e-12));
    JsonNode words = json(content, "--embedder", "words", "--points", "paragraph");
    assertThat(words.path("positions").asInt()).isEqualTo(1);
  }

  @Test
  void tellsOfALotteryHowOftenEachAdIsShown() throws IOException {
    JsonNode json = example("mountains.md", "--model", "cascade", "--cascade-rule", "lottery");
    assertThat(json.path("guarantee").asDouble()).isEqualTo(0.5);
    for (JsonNode placed : json.path("placements")) {
      assertThat(placed.path("show_probability").asDouble()).isBetween(0.1, 0.999);
      assertThat(placed.path("reason").asText()).contains("Shown with probability");
    }
  }

  @Test
  void takesABareListOfCreatives() throws IOException {
    String creatives =
        file("creatives.json", "[{\"id\": \"oven\", \"text\": \"Ovens for bread\", \"bid\": 2}]");
    JsonNode json =
        json(file("bread.md", "Bake the bread in the oven.\n"), "--creatives", creatives);
    assertThat(shown(json)).containsExactly("oven");
  }

  @Test
  void writesAPageThatShowsContentAsItIs() throws IOException {
    Path page = folder.resolve("page.html");
    String text =
        file(
            "bread.md",
            "Bake the bread in <script>alert(1)</script> the oven. ![pot](https://a.example/x.png)\n");
    json(text, "--creatives", CREATIVES, "--html", page.toString());
    assertThat(Files.readString(page))
        .contains("&lt;script&gt;", "class=\"ad\"", ">Sponsored</span>")
        .doesNotContain("<script", "x.png");
  }

  @Test
  void isValidatedLikeOtherConfiguration() throws IOException {
    Captured good = Captured.run("validate", CREATIVES, WORKED);
    assertThat(good.status()).as(good.err()).isZero();
    String wrong =
        file("wrong.yaml", "max_ads: x\ncreatives:\n  - {id: a, text: x, bids: 1, bid: 1}\n");
    Captured run = Captured.run("validate", wrong);
    assertThat(run.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(run.err())
        .contains("wrong.yaml:1:10: found 'x'", "wrong.yaml:3:22: found the unknown key 'bids'");
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    String bread = file("bread.md", "Bread.\n");
    assertThat(Captured.run("place", bread).err())
        .contains("bread.md:1:1: found no creatives; accepted: --creatives FILE");
    String creatives = file("creatives.yaml", "creatives:\n  - {id: a, text: x, bid: -1}\n");
    Captured negative = Captured.run("place", bread, "--creatives", creatives);
    assertThat(negative.status()).isEqualTo(Main.WRONG_INPUT);
    assertThat(negative.err()).contains("creatives.yaml:2:27: found -1; accepted: what a click");
    String twice =
        file(
            "twice.yaml",
            "creatives:\n  - {id: a, text: x, bid: 1}\n  - {id: a, text: y, bid: 1}\n");
    assertThat(Captured.run("place", bread, "--creatives", twice).err())
        .contains("twice.yaml:3:10: found the id 'a' again; accepted: each id once");
    String instance =
        file(
            "instance.json",
            "{\"positions\": 1, \"advertisers\": [\n\t{\"id\": \"a\", \"bid\": 1, \"click_weight\": [0.5]}]}");
    assertThat(Captured.run("place", instance, "--creatives", twice).err())
        .contains("found positions, and one of --creatives");
    assertThat(Captured.run("place", instance, "--objective", "revenue").err())
        .contains("instance.json:1:1: found that a: an auction for revenue needs");
    assertThat(Captured.run("place", instance, "--model", "random").err())
        .contains("--model: found 'random'; accepted: mnl, cascade");
    assertThat(Captured.run("place", bread, "--creatives", CREATIVES, "--label", " ").status())
        .isEqualTo(2);
    assertThat(Captured.run("place", folder.resolve("none.md").toString()).status()).isEqualTo(2);
  }
}
