package io.dualbid.core.placement.fit;

import java.util.List;

/** Turns texts into vectors that point the same way where the texts mean the same. */
public interface Embedder {
  /**
   * Embeds texts. A text's vector is a function of it alone, so it may be kept.
   *
   * @return {@code embedding[text][dimension]}, all of one length, in the order of the texts
   */
  double[][] embed(List<String> texts);
}
