package io.dualbid.simulator.fit;

/**
 * One showing of a content with its ads, and what the user did.
 *
 * @param cosine fit of each ad shown, in reading order, each in [-1, 1]
 * @param position where each stood, at least 0, rising
 * @param clicked index of the ad that was clicked, or -1 for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(double[] cosine, int[] position, int clicked) {
  /** No ad was clicked. */
  public static final int NONE = -1;

  public Answer {
    if (cosine.length != position.length) {
      throw new IllegalArgumentException(
          cosine.length + " cosines for " + position.length + " positions");
    }
    for (int k = 0; k < cosine.length; k++) {
      if (!(cosine[k] >= -1 && cosine[k] <= 1)) {
        throw new IllegalArgumentException("cosine not in [-1, 1]: " + cosine[k]);
      }
      if (position[k] < (k == 0 ? 0 : position[k - 1] + 1)) {
        throw new IllegalArgumentException("positions have to rise: " + position[k]);
      }
    }
    if (clicked < NONE || clicked >= cosine.length) {
      throw new IllegalArgumentException("clicked ad " + clicked + " of " + cosine.length);
    }
    cosine = cosine.clone();
    position = position.clone();
  }

  /** How many ads were shown. */
  int ads() {
    return cosine.length;
  }
}
