package io.dualbid.stream.placement;

import io.dualbid.core.placement.fit.Embedder;
import io.dualbid.core.placement.fit.HashedWords;
import java.io.Serializable;
import java.util.List;

/**
 * Opens the embedder of a subtask, where it runs. The job knows no sentence model: whoever launches
 * it hands one in.
 */
public interface EmbedderSource extends Serializable {
  /** Words in common, without a model; one counts as much as another. */
  EmbedderSource WORDS = () -> HashedWords.weighedBy(List.of(""));

  /** An embedder for one subtask. */
  Embedder open();
}
