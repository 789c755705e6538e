package io.dualbid.benchmarks;

import io.dualbid.core.model.Hash;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.CascadeMethod;
import io.dualbid.core.placement.Limits;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementInstance;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.UserModel;
import io.dualbid.core.placement.value.Exponential;
import java.util.ArrayList;
import java.util.List;
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
 * A whole position auction, prices included: 64 different instances in turn, so that no branch is
 * learned by heart. Sample time, so that medians and tails are told.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlacementBenchmark {
  private static final int INSTANCES = 64;

  /** Creatives x positions x shown at most. */
  @Param({"25x20x5", "50x20x5", "100x20x5", "200x20x5", "100x10x5", "100x40x5", "100x20x10"})
  String size = "";

  /** What is asked: the objective for MNL readers, or the reader and rule. */
  @Param({"welfare"})
  String auction = "";

  private final List<PlacementInstance> instances = new ArrayList<>();
  private int next;

  /** Makes up instances; weights of related texts and places, bids spread twentyfold. */
  @Setup
  public void define() {
    String[] part = size.split("x", -1);
    int ads = Integer.parseInt(part[0]);
    int positions = Integer.parseInt(part[1]);
    Limits limits =
        new Limits(
            Integer.parseInt(part[2]),
            auction.equals("distance") ? 3 : 0,
            Double.NEGATIVE_INFINITY);
    UserModel user =
        auction.startsWith("cascade")
            ? new UserModel.Cascade(0.9, new double[0])
            : new UserModel.Mnl();
    for (int t = 0; t < INSTANCES; t++) {
      List<Ad> list = new ArrayList<>();
      for (int i = 0; i < ads; i++) {
        double[] weight = new double[positions];
        for (int j = 0; j < positions; j++) {
          weight[j] = 0.4 * unit(t, i, j) * unit(t, i, j);
        }
        double bid = 0.2 * Math.exp(3 * unit(t, i, -1));
        list.add(new Ad("ad" + i, bid, weight).withValues(new Exponential(1)));
      }
      instances.add(
          new PlacementInstance(PlacementInstance.positions(positions), list, limits, user));
    }
  }

  private static double unit(int t, int i, int j) {
    return Hash.unit(Hash.mix(Hash.mix(t * 1_000_003L + i) + j * Hash.GOLDEN_GAMMA));
  }

  /** The best answer, and the price of each ad in it. */
  @Benchmark
  public PlacementResult decideAndPrice() {
    PlacementInstance instance = instances.get(next++ & (INSTANCES - 1));
    return PlacementAuction.run(
        instance,
        auction.equals("revenue") ? Objective.REVENUE : Objective.WELFARE,
        auction.equals("cascade-lottery") ? CascadeMethod.LOTTERY : CascadeMethod.BY_SIZE);
  }
}
