package io.dualbid.simulator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Section;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.placement.fit.TextCreative;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.text.InsertionPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The floor of fit against labels of quality: what a reader would accept where. */
class FloorTest {
  private static final Path TEXTS = Path.of("..", "config", "placement");
  private static final Path LABELS = Path.of("src/test/resources/placement/accepted.yaml");
  private static final double FLOOR = 0.32;

  private int accepted;
  private int acceptedPassing;
  private int refused;
  private int refusedPassing;
  private final Set<String> passing = new TreeSet<>();

  @Test
  void letsAlmostNothingThroughThatAReaderWouldRefuse() throws IOException {
    List<TextCreative> creatives =
        Objects.requireNonNull(
            ContentReader.read("creatives.yaml", Files.readString(TEXTS.resolve("creatives.yaml")))
                .creatives());
    FitModel model = new FitModel(new SentenceModel());
    Section labels = new Section(Document.parse(LABELS.toString(), Files.readString(LABELS)), "");
    for (String text : List.of("bread.md", "mountains.md", "large-files.md")) {
      count(text, labels.sections(text), creatives, model);
    }
    // As the documentation tells it.
    assertThat(refused).isEqualTo(1_403);
    assertThat(refusedPassing).isLessThanOrEqualTo(3);
    assertThat(accepted).isEqualTo(197);
    assertThat(acceptedPassing).isGreaterThan(60);
    assertThat(passing)
        .doesNotContain("tilt-lottery", "swift-cars", "cloudrest", "bowl-and-tail", "quiet-keys")
        .contains("ember-pots", "granite-boots", "casa-mais", "columna", "greenlight");
  }

  private void count(
      String name, List<Section> paragraphs, List<TextCreative> creatives, FitModel model)
      throws IOException {
    String source = Files.readString(TEXTS.resolve(name));
    Content content = Content.parse(source);
    List<InsertionPoint> points = content.points(Granularity.SENTENCE, 0);
    double[][] cosine =
        model.cosines(content, points, creatives.stream().map(TextCreative::text).toList());
    for (int j = 0; j < points.size(); j++) {
      Set<String> labels = Set.of();
      for (Section paragraph : paragraphs) {
        int begins = source.indexOf(paragraph.text("begins", ""));
        assertThat(begins).isNotNegative();
        if (begins < points.get(j).offset()) {
          labels = paragraph.set("accepted");
        }
      }
      for (int i = 0; i < creatives.size(); i++) {
        String id = creatives.get(i).ad().id();
        boolean passes = cosine[i][j] >= FLOOR;
        if (labels.contains(id)) {
          accepted++;
          acceptedPassing += passes ? 1 : 0;
        } else {
          refused++;
          refusedPassing += passes ? 1 : 0;
        }
        if (passes) {
          passing.add(id);
        }
      }
    }
  }
}
