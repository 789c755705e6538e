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
  /** Words that mean nothing alone; all others count alike. */
  String STOP_WORDS =
      "a about after all also an and any are as at be been but by can do does for from get has have"
          + " how if in into is it its just let may more most much no not of off on one only or our"
          + " out over own same so some such than that the their them then there these they this to"
          + " too up us use very was we were what when where which while who why will with you your";

  /** Words in common, without a model. */
  EmbedderSource WORDS = () -> HashedWords.weighedBy(List.of(STOP_WORDS));

  /** An embedder for one subtask. */
  Embedder open();
}
