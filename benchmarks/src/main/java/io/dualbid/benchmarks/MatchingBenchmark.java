package io.dualbid.benchmarks;

import io.dualbid.core.matching.Arrival;
import io.dualbid.core.matching.Discount;
import io.dualbid.core.matching.Matcher;
import io.dualbid.core.matching.MatchingPolicy;
import io.dualbid.core.matching.PerturbedGreedy;
import io.dualbid.core.matching.StochasticBalance;
import io.dualbid.core.model.Hash;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Arrivals decided and resolved in a second on one core, and bytes for each (with {@code -prof
 * gc}). Ten vertices are candidates of each arrival, however many there are, so the figures tell
 * whether the others cost anything; skewed, so low ones come more often. Outcomes are known 64
 * arrivals late; capacity doesn't run out.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MatchingBenchmark {
  private static final int CANDIDATES = 10;
  private static final int ARRIVALS = 1 << 14;
  private static final long DELAY = 64;
  private static final double PROBABILITY = 0.05;

  /** How many offline vertices there are. */
  @Param({"100", "10000", "1000000"})
  int vertices;

  /** Which policy decides. */
  @Param({"stochastic-balance", "perturbed-greedy"})
  String policy = "";

  private final Arrival[] arrivals = new Arrival[ARRIVALS];
  private Matcher matcher =
      new Matcher(new StochasticBalance(Discount.EXP), new double[0], new long[0]);
  private long next;

  /** Makes up the offline side and the arrivals. */
  @Setup
  public void define() {
    double[] weight = new double[vertices];
    double[] ranks = new double[vertices];
    long[] capacity = new long[vertices];
    Arrays.fill(capacity, Long.MAX_VALUE / 4);
    for (int v = 0; v < vertices; v++) {
      weight[v] = 1 + Hash.unit(Hash.mix(v));
      ranks[v] = Hash.unit(Hash.mix(~v));
    }
    MatchingPolicy chosen =
        policy.equals("perturbed-greedy")
            ? new PerturbedGreedy(ranks)
            : new StochasticBalance(Discount.EXP);
    matcher = new Matcher(chosen, weight, capacity);
    for (int t = 0; t < ARRIVALS; t++) {
      arrivals[t] = new Arrival();
      double u = Hash.unit(Hash.mix(t * 7L + 1));
      int first = (int) (u * u * vertices);
      // A stride apart, so that candidates are not neighbours in memory but differ.
      int stride = Math.max(1, vertices / CANDIDATES);
      for (int k = 0; k < CANDIDATES; k++) {
        int v = (int) ((first + (long) k * stride) % vertices);
        arrivals[t].edge(v, PROBABILITY * (0.5 + Hash.unit(Hash.mix(t * 31L + k))));
      }
    }
  }

  /** One arrival decided, and one that came earlier resolved. */
  @Benchmark
  public int decide() {
    long id = next++;
    matcher.outcome(id - DELAY, Hash.unit(Hash.mix(id)) < PROBABILITY);
    return matcher.decide(arrivals[(int) id & (ARRIVALS - 1)], id, id);
  }
}
