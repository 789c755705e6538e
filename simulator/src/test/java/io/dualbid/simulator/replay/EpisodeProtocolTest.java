package io.dualbid.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.simulator.world.Auction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpisodeProtocolTest {
  private static List<Auction> priced(int... prices) {
    return IntStream.of(prices)
        .mapToObj(price -> new Auction("1", price * 1_000_000_000L, 0.5, price % 2 == 1, false))
        .toList();
  }

  @Test
  void setsTheBudgetBackAndPlaysTheIncompleteEpisode() {
    List<String> states = new ArrayList<>();
    EpisodeTotals totals =
        new EpisodeProtocol(2, 5)
            .play(
                priced(3, 3, 4, 1, 5),
                (n, b, theta) -> {
                  states.add(n + ":" + b);
                  return 5;
                });
    // 3 is paid, 3 > 2 left is lost; 4 and 1 are paid; 5 is paid.
    assertThat(states).containsExactly("2:5", "1:2", "2:5", "1:1", "2:5");
    assertThat(totals).isEqualTo(new EpisodeTotals(5, 5, 4, 3, 13, 2.0));
  }

  @Test
  void winsAFreeAuctionWithABidOfZero() {
    EpisodeTotals totals = new EpisodeProtocol(3, 0).play(priced(0, 1), (n, b, theta) -> 0);
    assertThat(totals).isEqualTo(new EpisodeTotals(2, 0, 1, 0, 0, 0.5));
  }
}
