package io.dualbid.simulator.placement;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.dualbid.core.placement.fit.Embedder;
import java.util.ArrayList;
import java.util.List;

/**
 * The sentence model all-MiniLM-L6-v2 (384 dimensions, weights of 8 bits), run by ONNX Runtime in
 * this process, on the caller's thread. It is loaded when the first text comes, once for the whole
 * process; from then on some 130 MB stay.
 *
 * @see "Wang et al.: MiniLM, NeurIPS 2020"
 */
public final class SentenceModel implements Embedder {
  @Override
  public double[][] embed(List<String> texts) {
    double[][] embeddings = new double[texts.size()][MiniLm.DIMENSIONS];
    List<TextSegment> segments = new ArrayList<>();
    List<double[]> filled = new ArrayList<>();
    for (int i = 0; i < embeddings.length; i++) {
      // A text without words means nothing: the zero vector, which fits nowhere.
      if (!texts.get(i).isBlank()) {
        segments.add(TextSegment.from(texts.get(i)));
        filled.add(embeddings[i]);
      }
    }
    if (!segments.isEmpty()) {
      List<Embedding> made = Loaded.MODEL.embedAll(segments).content();
      for (int i = 0; i < made.size(); i++) {
        float[] vector = made.get(i).vector();
        for (int d = 0; d < vector.length; d++) {
          filled.get(i)[d] = vector[d];
        }
      }
    }
    return embeddings;
  }

  /** Initialised with the first text, not before. */
  private static final class Loaded {
    private static final MiniLm MODEL = new MiniLm();
  }
}
