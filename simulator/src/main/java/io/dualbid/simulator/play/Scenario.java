package io.dualbid.simulator.play;

import io.dualbid.core.model.Campaign;
import io.dualbid.simulator.exchange.Delays;
import io.dualbid.simulator.world.World;
import java.io.IOException;
import java.util.List;

/**
 * What is played.
 *
 * @param name what to call it
 * @param worlds makes the world anew, the same each time
 * @param campaigns makes the campaigns, once it is known when they run
 * @param requests number of requests in all
 * @param rate requests a second
 * @param delays how long notices take
 * @param seed of everything random
 */
public record Scenario(
    String name,
    Worlds worlds,
    Campaigns campaigns,
    long requests,
    double rate,
    Delays delays,
    long seed) {
  public Scenario {
    if (requests < 1 || !(rate > 0)) {
      throw new IllegalArgumentException(
          "requests and rate must be > 0: " + requests + ", " + rate);
    }
  }

  /** Makes a world. */
  public interface Worlds {
    World open() throws IOException;
  }

  /** Makes campaigns for a flight. */
  public interface Campaigns {
    List<Campaign> of(long startMillis, long endMillis);
  }

  /** How long the requests take at the rate. */
  public long durationMillis() {
    return Math.max(1, Math.round(1_000 * requests / rate));
  }
}
