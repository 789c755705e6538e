package io.dualbid.core.placement.value;

/**
 * The law of an advertiser's value per click, as far as a revenue-optimal auction needs it.
 *
 * <p>With distribution function F and density f the virtual value is {@code φ(v) = v -
 * (1-F(v))/f(v)}. In quantile space, {@code q = 1 - F(v)}, it is the slope of the revenue curve
 * {@code R(q) = q v(q)}; where φ falls, R is not concave, and <em>ironing</em> takes the slope of
 * its least concave majorant instead. That slope at v, φ̄(v), never falls, and is constant on an
 * ironed interval.
 *
 * <p>The majorant has slope s where {@code R(q) - s q} is greatest, that is where {@code (v - s)(1
 * - F(v))} is: φ̄ is the inverse of the monopoly price as a function of unit cost. So {@link
 * #inverse} is that price, and ironed intervals are its jumps; no grid is needed.
 *
 * @see "Myerson: Optimal Auction Design, Mathematics of Operations Research 6(1), 1981, section 6"
 * @see "Bulow, Roberts: The Simple Economics of Optimal Auctions, JPE 97(5), 1989"
 */
public sealed interface ValueDistribution
    permits Uniform, Exponential, LogNormal, Histogram, Empirical {
  /**
   * φ̄(v), in account currency per click; never falls with v.
   *
   * @param value per click; one above the support counts as its upper end
   * @return negative infinity below the support
   */
  double virtualValue(double value);

  /**
   * The least value whose ironed virtual value is at least {@code score}.
   *
   * @return positive infinity if there is none
   */
  double inverse(double score);

  /**
   * Where ironed virtual values begin to exceed {@code score}: the infimum of the values that score
   * more. Differs from {@link #inverse} only where a whole interval of values scores just so.
   *
   * @return positive infinity if there is none
   */
  double inverseAbove(double score);

  /** The least value that an auction for one place would sell to: {@code inverse(0)}. */
  default double reserve() {
    return inverse(0);
  }
}
