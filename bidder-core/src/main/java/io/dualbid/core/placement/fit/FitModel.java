package io.dualbid.core.placement.fit;

import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.InsertionPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * From content and creatives to the fit of each pair of creative and place. Creatives' embeddings
 * are kept from one content to the next; those of contexts are not, as contexts don't come again.
 * Not thread safe.
 */
public final class FitModel {
  /** More creatives than any content is offered; at 384 numbers each some 30 MB. */
  private static final int KEPT_CREATIVES = 10_000;

  private final Embedder contexts;
  private final KeptEmbeddings creatives;

  /** Measures fit by an embedder. */
  public FitModel(Embedder embedder) {
    this.contexts = embedder;
    this.creatives = new KeptEmbeddings(embedder, KEPT_CREATIVES);
  }

  /**
   * Fit of each creative at each place.
   *
   * @param points places of the content, in reading order
   * @param texts the creatives' texts
   * @return {@code cosine[creative][place]}
   */
  public double[][] cosines(Content content, List<InsertionPoint> points, List<String> texts) {
    List<String> around = new ArrayList<>();
    for (InsertionPoint point : points) {
      around.add(content.context(point));
    }
    double[][] there = around.isEmpty() ? new double[0][] : contexts.embed(around);
    double[][] offered = texts.isEmpty() ? new double[0][] : creatives.embed(texts);
    double[][] cosines = new double[texts.size()][points.size()];
    for (int i = 0; i < cosines.length; i++) {
      for (int j = 0; j < there.length; j++) {
        cosines[i][j] = Cosine.of(there[j], offered[i]);
      }
    }
    return cosines;
  }
}
