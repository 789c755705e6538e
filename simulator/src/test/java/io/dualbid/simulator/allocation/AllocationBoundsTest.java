package io.dualbid.simulator.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dualbid.simulator.log.AllocationGenerator;
import io.dualbid.simulator.log.AllocationStream;
import io.dualbid.simulator.log.AllocationTape;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.Capacities;
import io.dualbid.simulator.matching.Feedback;
import io.dualbid.simulator.replay.Deliveries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could have been had of a log, and runs on it. */
class AllocationBoundsTest {
  @TempDir private Path folder = Path.of("");

  private AllocationTape tape(int rows, AllocationGenerator.Shape shape) throws IOException {
    AllocationGenerator generator = new AllocationGenerator(3, shape);
    Path log = folder.resolve("log.jsonl");
    try (var to = AllocationGenerator.open(log)) {
      generator.capacities(rows, to);
      generator.arrivals(rows, to);
    }
    Capacities capacities = new Capacities();
    try (AllocationStream stream = new AllocationStream(List.of(log), capacities, null)) {
      return AllocationTape.read(
          List.of(log), stream, capacities, 1, Long.MAX_VALUE, AuctionLog.Progress.NONE);
    }
  }

  /** The dual is flat at its best prices, so those of a tenth of the log are nearly as good. */
  @Test
  void boundsALargeLogByPricesOfASample() throws IOException {
    try (AllocationTape tape = tape(12_000, new AllocationGenerator.Shape(10, 3, 0.2, 0.25))) {
      double whole = AllocationBounds.of(tape).benchmarks().getOrDefault("matching-lp", Double.NaN);
      AllocationBounds sampled = AllocationBounds.of(tape, 3_600);
      assertThat(sampled.benchmarks()).containsOnlyKeys("matching-lp");
      assertThat(sampled.benchmarks().getOrDefault("matching-lp", Double.NaN))
          .isGreaterThanOrEqualTo(whole * (1 - 1e-9))
          .isLessThan(1.01 * whole);
      assertThat(sampled.offline(AllocationPlay.coins(1))).isNaN();
    }
  }

  @Test
  void reckonsEveryBenchmarkOfASmallLog() throws IOException {
    try (AllocationTape tape = tape(30, new AllocationGenerator.Shape(2, 2, 0.5, 0.3))) {
      var benchmarks = AllocationBounds.of(tape).benchmarks();
      assertThat(benchmarks).containsKeys("matching-lp", "online-optimum");
      assertThat(benchmarks.getOrDefault("online-optimum", Double.NaN))
          .isLessThanOrEqualTo(benchmarks.getOrDefault("matching-lp", Double.NaN) + 1e-6);
    }
  }

  /** A run's account agrees with itself, and never passes a capacity. */
  @Test
  void addsUpWhatCampaignsHaveTaken() throws IOException {
    try (AllocationTape tape = tape(4_000, new AllocationGenerator.Shape(5, 2, 0.3, 0.2))) {
      Feedback feedback = Feedback.after(7, new Deliveries(0.2, 0.2, 5));
      for (AllocationPolicy policy :
          AllocationPolicy.list("greedy,stochastic-balance,ranking,perturbed-greedy,msvv,dmd")) {
        AllocationPlay.Played played =
            AllocationPlay.play(tape, policy, 5, feedback, Double.NaN, true, more -> {});
        long[] capacities = tape.campaigns().capacities();
        long successes = 0;
        double consumed = 0;
        for (int v = 0; v < capacities.length; v++) {
          assertThat(played.consumed()[v]).isLessThanOrEqualTo(capacities[v]);
          successes += played.successes()[v];
          consumed += played.consumed()[v] / 1e9;
        }
        assertThat(successes).isEqualTo(played.run().successes()).isPositive();
        assertThat(consumed).isCloseTo(played.run().consumed(), within(1e-6));
        assertThat(played.run().untold()).isPositive();
        assertThat(played.run().assigned())
            .isGreaterThan(played.run().successes() + played.run().untold());
        assertThat(played.trace()).isNotNull();
      }
    }
  }

  @Test
  void readsNamesOfTheStreamToo() {
    assertThat(AllocationPolicy.list("dual,highest-bid,stochastic-balance:discount=balance"))
        .extracting(AllocationPolicy::name)
        .containsExactly("dmd", "greedy", "stochastic-balance/balance");
  }
}
