package io.dualbid.core.landscape;

/**
 * The standard normal distribution where ready-made ones fail: ratios and logarithms that stay
 * finite far out in the tails, without allocation, and with the same bits on every platform.
 *
 * <p>All rests on Mills' ratio Φ(-x)/φ(x), which needs no exponential: a rational function each
 * near the centre and in the tail, a continued fraction far out. Relative error below 1e-14.
 *
 * @see "Hart et al.: Computer Approximations, 1968, algorithm 5666; Moshier: Methods and Programs
 *     for Mathematical Functions, 1989 (erfc); Abramowitz, Stegun: 26.2.14"
 */
public final class Normal {
  private static final double ROOT_OF_TWO_PI = 2.5066282746310002;
  private static final double LOG_ROOT_OF_TWO_PI = 0.9189385332046728;
  private static final double ROOT_OF_HALF = 0.7071067811865476;
  private static final double ROOT_OF_HALF_PI = 1.2533141373155003;
  private static final double CENTRE = 1.75;
  private static final double TAIL = 10;
  private static final int TERMS = 16;

  /** Polynomials, from the highest power down. */
  private static final double[] CENTRE_ABOVE = {
    3.52624965998911e-2,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376
  };

  private static final double[] CENTRE_BELOW = {
    8.83883476483184e-2,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752
  };

  private static final double[] TAIL_ABOVE = {
    2.461969814735305e-10,
    0.5641895648310689,
    7.463210564422699,
    48.63719709856814,
    196.5208329560771,
    526.4451949954773,
    934.5285271719576,
    1027.5518868951572,
    557.5353353693994
  };

  private static final double[] TAIL_BELOW = {
    1,
    13.228195115474499,
    86.70721408859897,
    354.9377788878199,
    975.7085017432055,
    1823.9091668790973,
    2246.3376081871097,
    1656.6630919416134,
    557.5353408177277
  };

  private Normal() {}

  /** φ(z). */
  public static double density(double z) {
    return StrictMath.exp(-z * z / 2) / ROOT_OF_TWO_PI;
  }

  /** Φ(z). */
  public static double cdf(double z) {
    return z < 0 ? mills(-z) * density(z) : 1 - mills(z) * density(z);
  }

  /** (1 - Φ(z))/φ(z), which falls with z; infinite far below 0. */
  public static double upperOverDensity(double z) {
    return z < 0 ? cdf(-z) / density(z) : mills(z);
  }

  /** ln Φ(z), finite for every finite z whose square is. */
  static double logCdf(double z) {
    return z < 0
        ? StrictMath.log(mills(-z)) - z * z / 2 - LOG_ROOT_OF_TWO_PI
        : StrictMath.log1p(-mills(z) * density(z));
  }

  /** ln (Φ(z)/φ(z)), which rises with z. */
  static double logCdfOverDensity(double z) {
    return z < 0 ? StrictMath.log(mills(-z)) : logCdf(z) + z * z / 2 + LOG_ROOT_OF_TWO_PI;
  }

  /** φ(z)/Φ(z), the slope of ln Φ, which falls with z. */
  static double densityOverCdf(double z) {
    return z < 0 ? 1 / mills(-z) : density(z) / cdf(z);
  }

  /** Φ(-x)/φ(x) for x ≥ 0. */
  private static double mills(double x) {
    if (x < CENTRE) {
      return ROOT_OF_TWO_PI * polynomial(CENTRE_ABOVE, x) / polynomial(CENTRE_BELOW, x);
    }
    if (x < TAIL) {
      double u = x * ROOT_OF_HALF;
      return ROOT_OF_HALF_PI * polynomial(TAIL_ABOVE, u) / polynomial(TAIL_BELOW, u);
    }
    double fraction = x;
    for (int k = TERMS; k > 0; k--) {
      fraction = x + k / fraction;
    }
    return 1 / fraction;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }
}
