package io.dualbid.simulator.allocation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.matching.Arrival;
import io.dualbid.core.matching.KeyedPolicy;
import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.MatchingView;
import io.dualbid.core.matching.Neighbour;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.matching.MatchingPlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One arrival of an allocation log, and what a policy made of each campaign for it, after playing
 * all arrivals before.
 */
public final class AllocationExplanation implements MatchingPlay.Observer {
  /** With more campaigns than this, those without an option are not told of. */
  private static final int MOST_WITHOUT = 50;

  private final AllocationTape tape;
  private final AllocationPolicy policy;
  private final KeyedPolicy playing;
  private final int asked;
  private final List<Neighbour> neighbours = new ArrayList<>();
  private int chosen = MatchingPolicy.NONE;
  private boolean succeeded;

  private AllocationExplanation(
      AllocationTape tape, AllocationPolicy policy, KeyedPolicy playing, int asked) {
    this.tape = tape;
    this.policy = policy;
    this.playing = playing;
    this.asked = asked;
  }

  /**
   * Plays up to an arrival.
   *
   * @param arrival from 1 up to the number of arrivals
   */
  public static AllocationExplanation of(
      AllocationTape tape, AllocationPolicy policy, long seed, Feedback feedback, int arrival) {
    if (arrival < 1 || arrival > tape.arrivals()) {
      throw new IllegalArgumentException(
          "found arrival " + arrival + "; accepted: 1 to " + tape.arrivals());
    }
    KeyedPolicy playing = policy.fresh(tape.campaigns(), tape.arrivals(), seed);
    AllocationExplanation explanation =
        new AllocationExplanation(tape, policy, playing, arrival - 1);
    MatchingPlay.play(
        new TapeArrivals(tape, arrival, played -> {}),
        playing,
        AllocationPlay.coins(seed),
        feedback,
        explanation);
    return explanation;
  }

  @Override
  public void deciding(int arrival, Arrival edges, MatchingView view) {
    if (arrival == asked) {
      // Those with an option first; whoever has none is told of where there are few.
      int[] vertices =
          IntStream.concat(
                  IntStream.range(0, edges.size()).map(edges::vertex).sorted(),
                  IntStream.range(0, view.vertices() <= MOST_WITHOUT ? view.vertices() : 0)
                      .filter(vertex -> edges.edgeTo(vertex) < 0))
              .toArray();
      neighbours.addAll(Neighbour.explain(playing, edges, view, vertices));
    }
  }

  @Override
  public void decided(int arrival, int vertex, boolean success, Matcher matcher) {
    if (arrival == asked) {
      chosen = vertex;
      succeeded = success;
    }
  }

  private String campaign(int vertex) {
    return tape.campaigns().ids().get(vertex);
  }

  /** As a document. */
  public ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "explain");
    json.put("arrival", asked + 1);
    json.put("policy", policy.label());
    if (chosen == MatchingPolicy.NONE) {
      json.putNull("assigned");
    } else {
      json.put("assigned", campaign(chosen));
      json.put("success", succeeded);
    }
    ArrayNode list = json.putArray("candidates");
    for (Neighbour neighbour : neighbours) {
      ObjectNode node = list.addObject();
      node.put("campaign", campaign(neighbour.vertex()));
      node.put("success_probability", neighbour.probability());
      node.put("load", neighbour.load());
      node.put("discount", neighbour.discount());
      if (Double.isFinite(neighbour.key())) {
        node.put("key", neighbour.key());
      } else {
        node.putNull("key");
      }
      if (neighbour.standing() != Neighbour.Standing.AVAILABLE) {
        node.put("reason", neighbour.standing().name());
      }
      node.put("chosen", neighbour.vertex() == chosen);
    }
    return json;
  }

  /** For a terminal; ends with a line break. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "arrival %d, %s: %s%n",
            asked + 1,
            policy.label(),
            chosen == MatchingPolicy.NONE
                ? "nobody"
                : campaign(chosen) + (succeeded ? ", a success" : ", a failure")));
    String line = "%-24s %12s %12s %12s %14s  %s%n";
    text.append(
        String.format(Locale.ROOT, line, "campaign", "probability", "load", "discount", "key", "")
            .stripTrailing());
    text.append('\n');
    for (Neighbour neighbour : neighbours) {
      text.append(
          String.format(
                  Locale.ROOT,
                  line,
                  campaign(neighbour.vertex()),
                  AllocationTable.number(neighbour.probability()),
                  AllocationTable.number(neighbour.load()),
                  AllocationTable.number(neighbour.discount()),
                  AllocationTable.number(neighbour.key()),
                  verdict(neighbour))
              .stripTrailing());
      text.append('\n');
    }
    return text.toString();
  }

  private String verdict(Neighbour neighbour) {
    if (neighbour.standing() != Neighbour.Standing.AVAILABLE) {
      return neighbour.standing().name();
    }
    return neighbour.vertex() == chosen ? "assigned" : "outranked";
  }
}
