package io.dualbid.core.placement.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.core.placement.text.SponsoredLabel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittedContentTest {
  private static final String TEXT =
      """
      Knead the dough. Bake the bread.

      You need:

      - an oven

      ## Walks

      The trail needs boots.
      """;
  private static final List<TextCreative> CREATIVES =
      List.of(
          new TextCreative(new Ad("oven", 2), "An oven for the bread"),
          new TextCreative(new Ad("boots", 1), "Boots for the trail"),
          new TextCreative(new Ad("lottery", 50), "Win millions"));

  private static FittedContent fitted(@Nullable Double continuation) {
    return FittedContent.of(
        Content.parse(TEXT),
        CREATIVES,
        new FitSettings(
            Granularity.SENTENCE,
            0,
            0,
            2,
            new ClickWeights(-1, 1, 0.9, 0.1),
            continuation,
            Set.of("home")),
        new FitModel(
            HashedWords.weighedBy(List.of(TEXT, "An oven for the bread", "Boots for the trail"))));
  }

  @Test
  void makesPositionsOfPlacesAndWeightsOfFit() {
    FittedContent fitted = fitted(null);
    // What introduces a list is no place.
    assertThat(fitted.points()).hasSize(3);
    assertThat(fitted.instance().positions()).hasSize(3);
    assertThat(fitted.instance().positions().get(2).topics()).containsExactly("home");
    Ad boots = fitted.instance().ads().get(1);
    double cosine = fitted.cosine(1, 2);
    assertThat(cosine).isGreaterThan(0.1);
    assertThat(boots.clickWeight(2)).isCloseTo(Math.exp(-1 + cosine) * 0.81, within(1e-12));
    assertThat(boots.fit(2)).isEqualTo(cosine);
    assertThat(boots.clickWeight(0)).isZero();
  }

  @Test
  void keepsFitAndAttentionApartForTheCascade() {
    FittedContent fitted = fitted(0.8);
    assertThat(fitted.instance().user()).isInstanceOf(UserModel.Cascade.class);
    UserModel.Cascade user = (UserModel.Cascade) fitted.instance().user();
    assertThat(user.continuation()).isEqualTo(0.8);
    assertThat(user.attention(2)).isCloseTo(0.81, within(1e-12));
    assertThat(fitted.instance().ads().get(1).clickWeight(2))
        .isCloseTo(Math.exp(-1 + fitted.cosine(1, 2)), within(1e-12));
  }

  @Test
  void showsNoAdThatFitsNowhereHoweverMuchItBids() {
    FittedContent fitted = fitted(null);
    PlacementResult result = PlacementAuction.run(fitted.instance(), Objective.WELFARE);
    assertThat(result.placed()).extracting(placed -> placed.ad()).containsExactly("oven", "boots");
    assertThat(result.lost())
        .extracting(lost -> lost.reason().label())
        .containsExactly("fit-below-floor");
    assertThat(fitted.sponsored(result.placed(), SponsoredLabel.DEFAULT).text())
        .contains("[Sponsored] An oven for the bread [/Sponsored]")
        .endsWith("The trail needs boots.\n\n[Sponsored] Boots for the trail [/Sponsored]\n")
        .doesNotContain("millions");
  }
}
