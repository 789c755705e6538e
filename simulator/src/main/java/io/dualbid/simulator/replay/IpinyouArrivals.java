package io.dualbid.simulator.replay;

import io.dualbid.simulator.world.Auction;
import io.dualbid.simulator.world.IpinyouWorld;
import io.dualbid.simulator.world.Opportunity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The auctions of an iPinYou log, one a millisecond. */
public final class IpinyouArrivals implements Arrivals {
  private final IpinyouWorld world;
  private final long startMillis;
  private long number;

  /**
   * The auctions of a log.
   *
   * @param world the log, owned by this from now on
   * @param startMillis when the first arrives
   */
  public IpinyouArrivals(IpinyouWorld world, long startMillis) {
    this.world = world;
    this.startMillis = startMillis;
  }

  @Override
  public @Nullable Arrival next() {
    Opportunity opportunity = world.next();
    if (opportunity == null) {
      return null;
    }
    Auction auction = opportunity.auctions().get(0);
    long n = number++;
    return new Arrival(
        n,
        startMillis + n,
        auction.clickRate(),
        auction.priceNanos(),
        auction.clicked(),
        false,
        List.of());
  }

  @Override
  public void close() {
    world.close();
  }
}
