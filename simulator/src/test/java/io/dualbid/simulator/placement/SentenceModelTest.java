package io.dualbid.simulator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.placement.fit.Cosine;
import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceModelTest {
  private static final SentenceModel MODEL = new SentenceModel();

  @Test
  void putsTextsOfOneSubjectNearEachOther() {
    double[][] made =
        MODEL.embed(
            List.of(
                "Knead the dough and let it rise.",
                "A stone oven for bread and pizza.",
                "Cheap tyres for your lorry."));
    assertThat(made).hasDimensions(3, 384);
    assertThat(Cosine.of(made[0], made[1])).isGreaterThan(Cosine.of(made[0], made[2]) + 0.15);
  }

  @Test
  void saysOfATextTheSameWhateverIsBesideIt() {
    double[] alone = MODEL.embed(List.of("Boots for the mountains"))[0];
    double[][] beside = MODEL.embed(List.of("x", "Boots for the mountains", " "));
    assertThat(beside[1]).containsExactly(alone);
    assertThat(beside[2]).containsOnly(0.0);
    assertThat(MODEL.embed(List.of())).isEmpty();
  }
}
