package io.dualbid.core.placement;

import java.util.Arrays;

/** How a reader of the text comes to click: which law turns shown ads into click probabilities. */
public sealed interface UserModel {
  /**
   * Multinomial logit: the reader compares all shown ads and "no click", of weight 1; order doesn't
   * matter and every further ad lowers the share of the others. An ad of weight w is clicked with
   * probability {@code w / (1 + sum of weights shown)}.
   */
  record Mnl() implements UserModel {}

  /**
   * Cascade: the reader goes from top to bottom and clicks a shown ad with its own probability; a
   * click ends the visit, after none the reader goes on with probability {@code continuation}.
   */
  final class Cascade implements UserModel {
    private final double continuation;
    private final double[] attention;

    /**
     * A reader.
     *
     * @param continuation in [0, 1]
     * @param attention by position: the probability that the reader still reads the text there,
     *     whatever was shown before; in [0, 1], never rising; empty stands for 1 everywhere; copied
     */
    public Cascade(double continuation, double[] attention) {
      if (!(continuation >= 0 && continuation <= 1)) {
        throw new IllegalArgumentException("continuation must lie in [0, 1]: " + continuation);
      }
      double before = 1;
      for (double d : attention) {
        if (!(d >= 0 && d <= before)) {
          throw new IllegalArgumentException(
              "attention must lie in [0, 1] and never rise: " + Arrays.toString(attention));
        }
        before = d;
      }
      this.continuation = continuation;
      this.attention = attention.clone();
    }

    /** Probability of going on after a shown ad that is not clicked. */
    public double continuation() {
      return continuation;
    }

    /** Probability that the reader still reads at a position. */
    public double attention(int position) {
      return attention.length == 0 ? 1 : attention[position];
    }

    /** How many positions attention is given for; 0 if it is 1 everywhere. */
    public int attentions() {
      return attention.length;
    }
  }
}
