package io.dualbid.simulator.matching;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.MatchingView;
import java.util.function.Supplier;

/**
 * Plays a policy on arrivals: coins fall at once, outcomes are told after a delay. Memory is that
 * of the offline side and of the outcomes on their way, however many arrivals there are.
 */
public final class MatchingPlay {
  private MatchingPlay() {}

  /** Looks on. */
  @FunctionalInterface
  public interface Observer {
    /**
     * An arrival was decided.
     *
     * @param vertex who got it, or {@link MatchingPolicy#NONE}
     * @param success whether it will turn out a success
     * @param matcher as it is after the decision
     */
    void decided(int arrival, int vertex, boolean success, Matcher matcher);

    /** An arrival is about to be decided; what is seen here may not be changed. */
    default void deciding(int arrival, Arrival edges, MatchingView view) {}
  }

  /**
   * Plays a run.
   *
   * @param policy fresh
   * @param feedback when outcomes are told, and which never or twice
   * @return the matcher when all outcomes are known that ever will be
   */
  public static Matcher play(
      MatchingArrivals arrivals,
      MatchingPolicy policy,
      Coins coins,
      Feedback feedback,
      Observer observer) {
    Matcher matcher = new Matcher(policy, arrivals.weights(), arrivals.capacities());
    Arrival arrival = new Arrival();
    int delay = feedback.delay();
    boolean[] onTheirWay = new boolean[delay + 1];
    int count = arrivals.arrivals();
    for (int t = 0; t < count; t++) {
      if (t > delay) {
        feedback.tell(matcher, t - delay - 1, onTheirWay[t % onTheirWay.length]);
      }
      feedback.giveUp(matcher, t);
      observer.deciding(t, arrivals.read(t, arrival), matcher.view());
      int vertex = matcher.decide(arrival, t, t);
      boolean success =
          vertex != MatchingPolicy.NONE
              && coins.succeeds(t, arrival.probability(arrival.edgeTo(vertex)));
      onTheirWay[t % onTheirWay.length] = success;
      observer.decided(t, vertex, success, matcher);
    }
    for (int t = Math.max(0, count - delay - 1); t < count; t++) {
      feedback.tell(matcher, t, onTheirWay[t % onTheirWay.length]);
    }
    matcher.expire(Long.MAX_VALUE);
    return matcher;
  }

  /** Plays a run with outcomes known at once. */
  public static Matcher play(MatchingArrivals arrivals, MatchingPolicy policy, Coins coins) {
    return play(
        arrivals, policy, coins, Feedback.AT_ONCE, (arrival, vertex, success, matcher) -> {});
  }

  /** The exact expected value of a policy with outcomes known at once, by all patterns of coins. */
  public static double expectedValue(MatchingArrivals arrivals, Supplier<MatchingPolicy> policy) {
    return EveryOutcome.expectation(
        chance ->
            play(arrivals, policy.get(), (t, probability) -> chance.happens(probability)).value());
  }
}
