package io.dualbid.core.landscape;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What auctions told about the highest competing bid, as three histograms: prices that are known,
 * bids that won (the price is at most the bid), and bids that lost (it is above). They are all that
 * the estimators need, to within a tick.
 *
 * <p>Old observations are discounted by giving new ones more weight, rescaled now and then: O(1) to
 * add and to let time pass.
 */
final class PriceObservations {
  private static final double HEAVIEST = 1e100;

  /** Weights, in observations, that have no effect any more. */
  private static final double NEGLIGIBLE = 1e-9;

  /** Known prices. */
  final TickWeights known;

  /** Bids that won at an unknown price. */
  final TickWeights won;

  /** Bids that lost to an unknown price. */
  final TickWeights lost;

  /** Weight of a new observation; the weights of the histograms are in units of it. */
  private double unit;

  PriceObservations() {
    this(new TickWeights(), new TickWeights(), new TickWeights(), 1);
  }

  private PriceObservations(TickWeights known, TickWeights won, TickWeights lost, double unit) {
    this.known = known;
    this.won = won;
    this.lost = lost;
    this.unit = unit;
  }

  void price(double price) {
    known.add(PriceTicks.of(price), unit);
  }

  void wonAt(double bid) {
    won.add(PriceTicks.of(bid), unit);
  }

  void lostAt(double bid) {
    lost.add(PriceTicks.of(bid), unit);
  }

  /** The weight that a new observation has. */
  double unit() {
    return unit;
  }

  /** Number of observations, the older ones counting less. */
  double count() {
    return (known.total() + won.total() + lost.total()) / unit;
  }

  /** Whether so much of a kind is left that it counts. */
  boolean counts(TickWeights kind) {
    return kind.total() > NEGLIGIBLE * unit;
  }

  /**
   * Multiplies the weight of all observations so far.
   *
   * @param factor 0 to 1
   * @return by how much weights held elsewhere in the same unit are to be multiplied; mostly 1
   */
  double discount(double factor) {
    if (factor * HEAVIEST > unit) {
      unit /= factor;
      return 1;
    }
    double rescaled = factor / unit;
    known.multiply(rescaled, NEGLIGIBLE);
    won.multiply(rescaled, NEGLIGIBLE);
    lost.multiply(rescaled, NEGLIGIBLE);
    unit = 1;
    return rescaled;
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(unit);
    known.write(out);
    won.write(out);
    lost.write(out);
  }

  static PriceObservations read(DataInput in) throws IOException {
    double unit = in.readDouble();
    return new PriceObservations(
        TickWeights.read(in), TickWeights.read(in), TickWeights.read(in), unit);
  }
}
