package io.dualbid.core.landscape;

/**
 * A log-normal landscape fitted by maximum likelihood to known prices, to bids that won (the price
 * is at most the bid) and to bids that lost (it is above).
 *
 * <p>In h = 1/scale and a = location/scale, with x the logarithm of a price or bid and z = h·x - a,
 *
 * <pre>  known: ln h - z²/2      won: ln Φ(z)      lost: ln Φ(-z)</pre>
 *
 * <p>are all concave, so the maximum is the only one and Newton's method with halved steps finds it
 * from anywhere. A prior counts as known prices spread as it says; one that weighs less than one
 * observation is filled up to one by two prices a factor e below and above the mean of all, so that
 * a maximum exists whatever was seen (all bids won; all prices equal), in any currency. Prices and
 * bids are those of their ticks' middles, off by 1 % at most. O(ticks touched) a step, some ten
 * steps.
 *
 * @param landscape the fit
 * @param locationError standard error of its location
 * @param scaleError standard error of its scale
 * @see "Olsen: Note on the Uniqueness of the Maximum Likelihood Estimator for the Tobit Model,
 *     Econometrica 46, 1978; Burridge: A Note on Maximum Likelihood Estimation for Regression
 *     Models Using Grouped Data, JRSS B 43, 1981"
 */
record LogNormalFit(LogNormalLandscape landscape, double locationError, double scaleError) {
  private static final int MOST_STEPS = 60;
  private static final int MOST_HALVINGS = 50;

  /** Newton's decrement, in units of log-likelihood: a ten-thousandth of a standard error. */
  private static final double STILL = 1e-8;

  /**
   * The fit.
   *
   * @param prior weights of sum 1, or none
   * @param priorWeight how many known prices the prior counts as, at least 0
   */
  static LogNormalFit of(PriceObservations seen, TickWeights prior, double priorWeight) {
    return new Likelihood(seen, prior, priorWeight).maximise();
  }

  /** The log-likelihood with its slopes and curvatures at (h, a), about the mean of x. */
  private static final class Likelihood {
    private final double[] x;
    private final double[] known;
    private final double[] won;
    private final double[] lost;
    private final int size;
    private final double mean;

    private double value;
    private double slopeH;
    private double slopeA;
    private double curveHh;
    private double curveHa;
    private double curveAa;

    Likelihood(PriceObservations seen, TickWeights prior, double priorWeight) {
      int first = Math.min(seen.known.first(), Math.min(seen.won.first(), seen.lost.first()));
      int end = Math.max(seen.known.end(), Math.max(seen.won.end(), seen.lost.end()));
      double filled = prior.total() > 0 ? priorWeight : 0;
      if (filled > 0) {
        first = Math.min(first, prior.first());
        end = Math.max(end, prior.end());
      }
      int most = Math.max(0, end - first) + 2;
      x = new double[most];
      known = new double[most];
      won = new double[most];
      lost = new double[most];
      int n = 0;
      double weights = 0;
      double sum = 0;
      for (int tick = first; tick < end; tick++) {
        known[n] = seen.known.get(tick) / seen.unit() + filled * prior.get(tick);
        won[n] = seen.won.get(tick) / seen.unit();
        lost[n] = seen.lost.get(tick) / seen.unit();
        double weight = known[n] + won[n] + lost[n];
        if (weight > 0) {
          x[n] = PriceTicks.logMiddle(tick);
          weights += weight;
          sum += weight * x[n];
          n++;
        }
      }
      mean = weights > 0 ? sum / weights : 0;
      if (filled < 1) {
        for (int side = -1; side <= 1; side += 2) {
          x[n] = mean + side;
          known[n] = (1 - filled) / 2;
          won[n] = 0;
          lost[n] = 0;
          n++;
        }
      }
      size = n;
      for (int i = 0; i < size; i++) {
        x[i] -= mean;
      }
    }

    LogNormalFit maximise() {
      double h = 1;
      double a = 0;
      evaluate(h, a);
      for (int step = 0; step < MOST_STEPS; step++) {
        double determinant = curveHh * curveAa - curveHa * curveHa;
        double moveH = (curveHa * slopeA - curveAa * slopeH) / determinant;
        double moveA = (curveHa * slopeH - curveHh * slopeA) / determinant;
        double decrement = moveH * slopeH + moveA * slopeA;
        if (!(decrement > STILL)) {
          break;
        }
        double before = value;
        double slack = 1e-13 * Math.abs(before);
        double part = 1;
        for (int halving = 0; halving < MOST_HALVINGS; halving++) {
          if (h + part * moveH > 0) {
            evaluate(h + part * moveH, a + part * moveA);
            if (value >= before + 1e-4 * part * decrement - slack) {
              break;
            }
          }
          part /= 2;
        }
        h += part * moveH;
        a += part * moveA;
        evaluate(h, a);
      }
      return result(h, a);
    }

    private LogNormalFit result(double h, double a) {
      double determinant = curveHh * curveAa - curveHa * curveHa;
      double varianceH = -curveAa / determinant;
      double varianceA = -curveHh / determinant;
      double covariance = curveHa / determinant;
      double location = Math.min(700, Math.max(-700, mean + a / h));
      double varianceLocation =
          (varianceA - 2 * covariance * (a / h) + varianceH * (a / h) * (a / h)) / (h * h);
      return new LogNormalFit(
          new LogNormalLandscape(location, Math.min(100, 1 / h)),
          Math.sqrt(varianceLocation),
          Math.sqrt(varianceH) / (h * h));
    }

    private void evaluate(double h, double a) {
      value = 0;
      slopeH = 0;
      slopeA = 0;
      curveHh = 0;
      curveHa = 0;
      curveAa = 0;
      double logH = StrictMath.log(h);
      for (int i = 0; i < size; i++) {
        double z = h * x[i] - a;
        if (known[i] > 0) {
          value += known[i] * (logH - z * z / 2);
          slopeH += known[i] / h;
          curveHh -= known[i] / (h * h);
          along(x[i], -known[i] * z, -known[i]);
        }
        if (won[i] > 0) {
          double ratio = Normal.densityOverCdf(z);
          value += won[i] * Normal.logCdf(z);
          along(x[i], won[i] * ratio, -won[i] * ratio * (z + ratio));
        }
        if (lost[i] > 0) {
          double ratio = Normal.densityOverCdf(-z);
          value += lost[i] * Normal.logCdf(-z);
          along(x[i], -lost[i] * ratio, -lost[i] * ratio * (ratio - z));
        }
      }
    }

    /** Adds a term's first and second derivative in z. */
    private void along(double at, double first, double second) {
      slopeH += first * at;
      slopeA -= first;
      curveHh += second * at * at;
      curveHa -= second * at;
      curveAa += second;
    }
  }
}
