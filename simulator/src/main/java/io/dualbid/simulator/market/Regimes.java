package io.dualbid.simulator.market;

import java.util.List;

/**
 * A market that is in one of several states for a while: a Markov chain that at each auction, with
 * a probability of 1/{@code meanLength}, draws its state anew, each alike. Stationary and ergodic;
 * after k auctions a share (1 - 1/meanLength)^k of what is special about a state is left.
 *
 * @param meanLength mean number of auctions between two draws, at least 1
 * @param states what each state does, at least one
 */
public record Regimes(double meanLength, List<Factors> states) implements Effect {
  public Regimes {
    states = List.copyOf(states);
    if (!(meanLength >= 1) || Double.isInfinite(meanLength) || states.isEmpty()) {
      throw new IllegalArgumentException(
          "a mean length >= 1 and a state: " + meanLength + ", " + states);
    }
  }

  @Override
  public Change on(Stream stream, long horizon) {
    return new Chain(stream);
  }

  private final class Chain implements Change {
    private final Stream renewals;
    private final Stream choices;
    private long lastIndex = Long.MIN_VALUE;
    private int lastState;

    Chain(Stream stream) {
      renewals = stream.apart(1);
      choices = stream.apart(2);
    }

    @Override
    public void apply(long index, Draw draw) {
      states.get(state(index)).apply(draw);
    }

    /** The state drawn last: the one before where nothing is drawn, else found by going back. */
    private int state(long index) {
      long drawn = index;
      while (drawn > 0 && renewals.uniform(drawn) * meanLength >= 1) {
        if (drawn == index && lastIndex == index - 1) {
          lastIndex = index;
          return lastState;
        }
        drawn--;
      }
      lastIndex = index;
      lastState = (int) (choices.uniform(drawn) * states.size());
      return lastState;
    }
  }
}
