package io.dualbid.simulator.market;

import java.util.List;

/**
 * Something that changes auctions in the course of the stream. One record for each kind; what a
 * kind does to an auction is a function of (seed, index, length of the stream).
 */
public sealed interface Effect
    permits Season,
        Regimes,
        Effect.Drift,
        Effect.Crowd,
        Effect.Halves,
        Effect.Corruption,
        Effect.Noise {

  /** The effect on a stream of a given length, for one seed. */
  Change on(Stream stream, long horizon);

  /** An effect at work. May keep what it needs for the next index; not thread safe. */
  interface Change {
    /** Changes the auction with this index. */
    void apply(long index, Draw draw);
  }

  /**
   * Value and price move steadily, by the same factor in equal times, from what the law says to
   * these factors of it.
   */
  record Drift(Factors end) implements Effect {
    public Drift {
      if (!(end.value() > 0 && end.price() > 0)) {
        throw new IllegalArgumentException("a drift to factors > 0: " + end);
      }
    }

    @Override
    public Change on(Stream stream, long horizon) {
      double value = StrictMath.log(end.value()) / horizon;
      double price = StrictMath.log(end.price()) / horizon;
      return (index, draw) ->
          draw.scale(StrictMath.exp(value * index), StrictMath.exp(price * index));
    }
  }

  /**
   * For a while everything is different.
   *
   * @param from where it begins, as a share of the stream, 0 to 1
   * @param lasts how long, as a share of the stream, 0 to 1
   * @param factors what it does
   */
  record Crowd(double from, double lasts, Factors factors) implements Effect {
    public Crowd {
      if (!(from >= 0 && from <= 1 && lasts >= 0 && lasts <= 1)) {
        throw new IllegalArgumentException("shares must be in [0, 1]: " + from + ", " + lasts);
      }
    }

    @Override
    public Change on(Stream stream, long horizon) {
      long begin = Math.round(from * horizon);
      long end = Math.round((from + lasts) * horizon);
      return (index, draw) -> {
        if (index >= begin && index < end) {
          factors.apply(draw);
        }
      };
    }
  }

  /**
   * The bait of lower bounds: nothing in the first half tells what the second will be like.
   *
   * @see "Balseiro, Lu, Mirrokni: The Best of Many Worlds, 2023 (adversarial input)"
   */
  record Halves(Factors first, Factors second) implements Effect {
    @Override
    public Change on(Stream stream, long horizon) {
      return (index, draw) -> (2 * index < horizon ? first : second).apply(draw);
    }
  }

  /**
   * Puts an adversary's auctions in place of some: one in each of equally long stretches, at a
   * place drawn for each stretch.
   *
   * @param root how many, in roots of the stream's length: δ = round(root·sqrt(T))
   * @param value what they are worth
   * @param price what they cost
   */
  record Corruption(double root, double value, double price) implements Effect {
    public Corruption {
      if (!(root >= 0 && value >= 0 && price >= 0)) {
        throw new IllegalArgumentException(
            "a corruption needs numbers >= 0: " + List.of(root, value, price));
      }
    }

    /** δ, the number of auctions replaced. */
    long count(long horizon) {
      return Math.min(horizon, Math.round(root * Math.sqrt((double) horizon)));
    }

    @Override
    public Change on(Stream stream, long horizon) {
      long count = count(horizon);
      return (index, draw) -> {
        if (count == 0) {
          return;
        }
        // Stretch k is [⌈k·T/δ⌉, ⌈(k+1)·T/δ⌉); the products fit for streams of up to 3·10⁹.
        long stretch = index * count / horizon;
        long begin = (stretch * horizon + count - 1) / count;
        long end = ((stretch + 1) * horizon + count - 1) / count;
        if (index == begin + (long) (stream.uniform(stretch) * (end - begin))) {
          draw.value = value;
          draw.predicted = value;
          draw.price = price;
        }
      };
    }
  }

  /**
   * Bidders are told the value with an error: times bias·exp(spread·z - spread²/2), z standard
   * normal, so on average too high by the bias.
   *
   * @param spread standard deviation of the logarithm, at least 0
   * @param bias by what factor predictions are too high, above 0
   */
  record Noise(double spread, double bias) implements Effect {
    public Noise {
      if (!(spread >= 0) || !(bias > 0)) {
        throw new IllegalArgumentException(
            "spread must be >= 0 and bias > 0: " + spread + ", " + bias);
      }
    }

    /** An error that is right on average. */
    public Noise(double spread) {
      this(spread, 1);
    }

    @Override
    public Change on(Stream stream, long horizon) {
      return (index, draw) ->
          draw.predicted *=
              bias * StrictMath.exp(spread * stream.normal(index) - spread * spread / 2);
    }
  }
}
