package io.dualbid.core.placement.fit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.text.InsertionPoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitModelTest {
  private static final String TEXT =
      """
      Knead the dough until it is smooth. Bake the bread in a hot oven.

      The trail climbs to a mountain pass. Hikers need good boots there.
      """;
  private static final List<String> CREATIVES =
      List.of("A bread oven for your dough", "Boots for every mountain trail", "Cheap insurance");

  /** Counts what it is asked for. */
  private static final class Counting implements Embedder {
    private final Embedder words = HashedWords.weighedBy(List.of(TEXT));
    private final List<String> asked = new ArrayList<>();

    @Override
    public double[][] embed(List<String> texts) {
      asked.addAll(texts);
      return words.embed(texts);
    }
  }

  @Test
  void findsWhatFitsWhere() {
    Content content = Content.parse(TEXT);
    List<InsertionPoint> points = content.points(Granularity.PARAGRAPH, 0);
    List<String> corpus = new ArrayList<>(CREATIVES);
    points.forEach(point -> corpus.add(content.context(point)));
    double[][] cosines =
        new FitModel(HashedWords.weighedBy(corpus)).cosines(content, points, CREATIVES);

    assertThat(cosines).hasDimensions(3, 2);
    assertThat(cosines[0][0]).isGreaterThan(0.15).isGreaterThan(cosines[0][1]);
    assertThat(cosines[1][1]).isGreaterThan(0.15).isGreaterThan(cosines[1][0]);
    assertThat(cosines[2]).containsOnly(0.0, 0.0);
  }

  @Test
  void embedsEachCreativeOnce() {
    Counting counting = new Counting();
    FitModel model = new FitModel(counting);
    Content content = Content.parse(TEXT);
    List<InsertionPoint> points = content.points(Granularity.PARAGRAPH, 0);
    double[][] once = model.cosines(content, points, CREATIVES);
    double[][] again = model.cosines(content, points, CREATIVES);
    assertThat(again).isDeepEqualTo(once);
    assertThat(counting.asked).hasSize(2 * points.size() + CREATIVES.size());
  }

  @Test
  void asksForNothingWhereThereIsNothing() {
    Counting counting = new Counting();
    FitModel model = new FitModel(counting);
    Content empty = Content.parse("# Heading\n");
    assertThat(model.cosines(empty, List.of(), List.of())).isEmpty();
    assertThat(counting.asked).isEmpty();
  }

  @Test
  void forgetsTheLeastRecentlyUsed() {
    Counting counting = new Counting();
    KeptEmbeddings kept = new KeptEmbeddings(counting, 2);
    kept.embed(List.of("aa", "bb", "aa"));
    kept.embed(List.of("aa"));
    kept.embed(List.of("cc"));
    assertThat(kept.size()).isEqualTo(2);
    kept.embed(List.of("aa", "bb"));
    assertThat(counting.asked).containsExactly("aa", "bb", "cc", "bb");
    assertThat(kept.embed(List.of("dd", "ee", "ff", "dd"))).hasDimensions(4, 4096);
  }
}
