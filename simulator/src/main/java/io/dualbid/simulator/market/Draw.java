package io.dualbid.simulator.market;

/** One auction being drawn; scratch memory that the caller owns and effects change in turn. */
public final class Draw {
  /** What a win is worth, in account currency, at least 0. */
  double value;

  /** What bidders are told that it is worth. */
  double predicted;

  /** The highest competing bid, in account currency, at least 0. */
  double price;

  /** What a win is worth, in account currency, at least 0. */
  public double value() {
    return value;
  }

  /** What bidders are told that it is worth. */
  public double predicted() {
    return predicted;
  }

  /** The highest competing bid, in account currency, at least 0. */
  public double price() {
    return price;
  }

  /** Multiplies value, what is told of it, and price. */
  void scale(double valueFactor, double priceFactor) {
    value *= valueFactor;
    predicted *= valueFactor;
    price *= priceFactor;
  }
}
