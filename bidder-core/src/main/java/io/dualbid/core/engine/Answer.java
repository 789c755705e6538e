package io.dualbid.core.engine;

import io.dualbid.core.model.Reason;
import java.util.Arrays;

/**
 * What a {@link Bidder} decided on one request: offers, at most one for each impression, or the
 * reason why there is none. The caller owns it and hands it in again for the next request, so that
 * deciding allocates nothing.
 */
public final class Answer {
  private Offer[] offers = {new Offer()};
  private int count;
  private Reason reason = Reason.NO_CANDIDATE;

  /** Number of offers. */
  public int size() {
    return count;
  }

  /** The offer of this index, below {@link #size}. */
  public Offer offer(int index) {
    if (index >= count) {
      throw new IndexOutOfBoundsException("offer " + index + " of " + count);
    }
    return offers[index];
  }

  /** Why there is no offer; without meaning where there is one. */
  public Reason reason() {
    return reason;
  }

  void clear() {
    count = 0;
  }

  Offer add() {
    if (count == offers.length) {
      offers = Arrays.copyOf(offers, 2 * count);
      for (int i = count; i < offers.length; i++) {
        offers[i] = new Offer();
      }
    }
    return offers[count++];
  }

  void noBid(Reason why) {
    count = 0;
    reason = why;
  }
}
