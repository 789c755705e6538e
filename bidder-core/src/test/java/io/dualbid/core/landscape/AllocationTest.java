package io.dualbid.core.landscape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The decision path allocates nothing. */
class AllocationTest {
  private static double sum;

  @Test
  void asksWithoutAllocating() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    LogNormalLandscape logNormal = new LogNormalLandscape(0, 0.8);
    double[] prices = new double[64];
    double[] probabilities = new double[64];
    for (int i = 0; i < 64; i++) {
      prices[i] = Math.exp((i - 32) * 0.08);
      probabilities[i] = logNormal.winProbability(prices[i]);
    }
    for (PriceLandscape landscape : List.of(logNormal, StepLandscape.of(prices, probabilities))) {
      ask(landscape, 1_000);
      long before = threads.getThreadAllocatedBytes(id);
      ask(landscape, 10_000);
      long after = threads.getThreadAllocatedBytes(id);
      // The question itself may cost a few hundred bytes; a single object a call would be 160,000.
      assertThat(after - before).isLessThan(10_000);
    }
    assertThat(sum).isPositive();
  }

  private static void ask(PriceLandscape landscape, int times) {
    for (int i = 0; i < times; i++) {
      double bid = landscape.bestBid(0.01 * i, 0.001 * i);
      sum += landscape.expectedCost(bid);
    }
  }
}
