package io.dualbid.simulator.hindsight;

/** One campaign's auctions, to be gone through in their order as often as needed. */
public interface AuctionPasses {
  /** Number of auctions. */
  long rows();

  /** Begins with the first. */
  Pass pass();

  /** Stands at one auction. */
  interface Pass {
    /** Goes on to the next; false at the end. */
    boolean next();

    /** Its value, in the unit of the price; 0 or less for none. */
    double value();

    /** Its highest competing bid, at least 0. */
    double price();
  }

  /**
   * Auctions in memory.
   *
   * @param value value of each, owned by the caller
   * @param price price of each
   */
  static AuctionPasses of(double[] value, double[] price) {
    if (value.length != price.length) {
      throw new IllegalArgumentException(
          "as many values as prices: " + value.length + ", " + price.length);
    }
    return new AuctionPasses() {
      @Override
      public long rows() {
        return value.length;
      }

      @Override
      public Pass pass() {
        return new Pass() {
          private int at = -1;

          @Override
          public boolean next() {
            at++;
            return at < value.length;
          }

          @Override
          public double value() {
            return value[at];
          }

          @Override
          public double price() {
            return price[at];
          }
        };
      }
    };
  }

  /** The same auctions where value less price counts. */
  default AuctionPasses forProfit() {
    AuctionPasses of = this;
    return new AuctionPasses() {
      @Override
      public long rows() {
        return of.rows();
      }

      @Override
      public Pass pass() {
        Pass pass = of.pass();
        return new Pass() {
          @Override
          public boolean next() {
            return pass.next();
          }

          @Override
          public double value() {
            return pass.value() - pass.price();
          }

          @Override
          public double price() {
            return pass.price();
          }
        };
      }
    };
  }
}
