package io.dualbid.simulator.market;

import io.dualbid.core.model.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generated market.
 *
 * @param law value and price of an auction, before any effect
 * @param effects what happens to them, in this order; at most one of a kind
 * @param firstPrice whether the winner pays its bid
 * @param segments how many kinds of users there are, each auction's drawn alike; 0 for no such
 *     thing
 * @param conversions how wins bring what they are worth; null where no more is heard of them
 */
public record Market(
    Law law,
    List<Effect> effects,
    boolean firstPrice,
    int segments,
    @Nullable Conversions conversions) {
  /** A market in which no more is heard of wins. */
  public Market(Law law, List<Effect> effects, boolean firstPrice, int segments) {
    this(law, effects, firstPrice, segments, null);
  }

  public Market {
    effects = List.copyOf(effects);
    if (segments < 0) {
      throw new IllegalArgumentException("segments must be >= 0: " + segments);
    }
    if (effects.stream().map(Object::getClass).distinct().count() < effects.size()) {
      throw new IllegalArgumentException("an effect may be there once: " + effects);
    }
  }

  /** The season, or null. */
  public @Nullable Season season() {
    for (Effect effect : effects) {
      if (effect instanceof Season season) {
        return season;
      }
    }
    return null;
  }

  /** What spend should follow to have the same share of the budget in each auction. */
  public Plan trafficPlan() {
    Season season = season();
    return season == null || !season.traffic()
        ? Plan.EVEN
        : new Plan(Plan.Shape.TRAFFIC, season.weights());
  }

  /** All auctions of a stream of this length. */
  public Auctions auctions(long seed, int horizon) {
    return new Auctions(this, seed, horizon);
  }

  /** Where auctions are drawn one by one, in any order, though in sequence is quickest. */
  public Drawing drawing(long seed, long horizon) {
    return new Drawing(this, seed, horizon);
  }

  /** Draws auctions; not thread safe. */
  public static final class Drawing {
    private static final long SEGMENTS = 1_000;
    private static final long CONVERSIONS = 1_001;

    private final Market market;
    private final Stream stream;
    private final Stream segments;
    private final Stream conversions;
    private final List<Effect.Change> changes;

    private Drawing(Market market, long seed, long horizon) {
      this.market = market;
      stream = new Stream(seed);
      segments = stream.apart(SEGMENTS);
      conversions = stream.apart(CONVERSIONS);
      changes =
          market.effects.stream()
              .map(effect -> effect.on(stream.apart(purpose(effect)), horizon))
              .toList();
    }

    /** A number for each kind of effect, so that one more of them leaves the others as they are. */
    private static long purpose(Effect effect) {
      if (effect instanceof Regimes) {
        return 1;
      }
      return effect instanceof Effect.Corruption ? 2 : 3;
    }

    /** Draws the auction with this index from 0. */
    public void draw(long index, Draw draw) {
      market.law.draw(stream, index, draw);
      draw.predicted = draw.value;
      for (Effect.Change change : changes) {
        change.apply(index, draw);
      }
    }

    /** What a win brings later, of an auction in which it is worth {@code value}. */
    public double worth(long index, double value) {
      Conversions own = market.conversions;
      return own == null ? 0 : own.worth(conversions, index, value);
    }

    /** After how many auctions it does. */
    public double delay(long index) {
      Conversions own = market.conversions;
      return own == null ? 0 : own.delay(conversions, index);
    }

    /** The segment of the auction's user, from 0. */
    public int segment(long index) {
      return (int) (segments.uniform(index) * market.segments);
    }
  }
}
