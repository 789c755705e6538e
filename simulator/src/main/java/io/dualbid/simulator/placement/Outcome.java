package io.dualbid.simulator.placement;

import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.text.SponsoredLabel;
import io.dualbid.core.placement.text.SponsoredText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An auction that was held, with all that is needed to tell of it.
 *
 * @param instance what was decided on
 * @param result what was decided
 * @param fitted the content, if there is any
 * @param label of ads in the content
 */
public record Outcome(
    PlacementInstance instance,
    PlacementResult result,
    @Nullable FittedContent fitted,
    SponsoredLabel label) {
  /** How many words of the text around a position are told. */
  private static final int CONTEXT_WORDS = 20;

  /** Name of the user model. */
  public String model() {
    return instance.user() instanceof UserModel.Cascade ? "cascade" : "mnl";
  }

  /** The content with its ads, or null without content. */
  public @Nullable SponsoredText sponsored() {
    return fitted == null ? null : fitted.sponsored(result.placed(), label);
  }

  /** An ad by its id. */
  Ad ad(String id) {
    return instance.ads().get(index(id));
  }

  int index(String id) {
    for (int i = 0; i < instance.ads().size(); i++) {
      if (instance.ads().get(i).id().equals(id)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no ad " + id);
  }

  /** Position of the best fit of an ad, or -1 where there is no position. */
  int bestFit(String id) {
    int best = -1;
    FittedContent text = fitted;
    for (int j = 0; text != null && j < text.points().size(); j++) {
      if (best < 0 || text.cosine(index(id), j) > text.cosine(index(id), best)) {
        best = j;
      }
    }
    return best;
  }

  /** The last words before a position, without markup; an empty text without content. */
  String before(int position) {
    FittedContent text = fitted;
    if (text == null || position < 0) {
      return "";
    }
    String[] words = text.content().before(text.points().get(position)).split(" ", -1);
    int from = Math.max(0, words.length - CONTEXT_WORDS);
    return (from > 0 ? "… " : "") + String.join(" ", Arrays.copyOfRange(words, from, words.length));
  }
}
