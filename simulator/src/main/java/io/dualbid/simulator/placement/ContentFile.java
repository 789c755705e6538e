package io.dualbid.simulator.placement;

import io.dualbid.core.placement.fit.ClickWeights;
import io.dualbid.core.placement.fit.FitSettings;
import io.dualbid.core.placement.fit.TextCreative;
import io.dualbid.core.placement.text.Granularity;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file, or several laid over each other, say of content, creatives and how the auction is
 * held. Whatever is null is left to the next file, and in the end to the defaults.
 *
 * @param model {@code mnl} or {@code cascade}
 * @param objective {@code welfare} or {@code revenue}
 * @param decay from one place to the next
 * @param floor least fit
 */
public record ContentFile(
    @Nullable String content,
    @Nullable List<TextCreative> creatives,
    @Nullable String model,
    @Nullable String objective,
    @Nullable Integer maxAds,
    @Nullable Integer minDistance,
    @Nullable Granularity points,
    @Nullable Integer minGap,
    @Nullable Set<String> topics,
    @Nullable Double continuation,
    @Nullable Double alpha,
    @Nullable Double beta,
    @Nullable Double decay,
    @Nullable Double floor) {
  private static final int MAX_ADS = 3;
  private static final int MIN_DISTANCE = 200;

  /**
   * Share of readers who go on from sentence to sentence, where nothing was learned: that of
   * paragraphs spread over five sentences.
   */
  private static final double SENTENCE_DECAY =
      StrictMath.pow(ClickWeights.DEFAULT.decay(), 1.0 / 5);

  /** Content alone. */
  public static ContentFile ofContent(String content) {
    return new ContentFile(
        content, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Where this says nothing, another file counts. */
  public ContentFile orElse(ContentFile other) {
    return new ContentFile(
        first(content, other.content),
        first(creatives, other.creatives),
        first(model, other.model),
        first(objective, other.objective),
        first(maxAds, other.maxAds),
        first(minDistance, other.minDistance),
        first(points, other.points),
        first(minGap, other.minGap),
        first(topics, other.topics),
        first(continuation, other.continuation),
        first(alpha, other.alpha),
        first(beta, other.beta),
        first(decay, other.decay),
        first(floor, other.floor));
  }

  /**
   * How the auction is held.
   *
   * @param embedderFloor least fit, in the scale of the embedder, where no file names one
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FitSettings settings(double embedderFloor) {
    Granularity granularity = or(points, Granularity.SENTENCE);
    double usualDecay =
        granularity == Granularity.SENTENCE ? SENTENCE_DECAY : ClickWeights.DEFAULT.decay();
    return new FitSettings(
        granularity,
        or(minGap, 0),
        or(minDistance, MIN_DISTANCE),
        or(maxAds, MAX_ADS),
        new ClickWeights(
            or(alpha, ClickWeights.DEFAULT.alpha()),
            or(beta, ClickWeights.DEFAULT.beta()),
            or(decay, usualDecay),
            or(floor, embedderFloor)),
        isCascade() ? or(continuation, 1.0) : null,
        or(topics, Set.of()));
  }

  /** Whether readers are of the cascade kind. */
  public boolean isCascade() {
    return or(model, "mnl").equals("cascade");
  }

  /** Whether revenue is sought. */
  public boolean seeksRevenue() {
    return or(objective, "welfare").equals("revenue");
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
