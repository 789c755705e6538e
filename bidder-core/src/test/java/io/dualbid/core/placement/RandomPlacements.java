package io.dualbid.core.placement;

import io.dualbid.core.placement.value.Empirical;
import io.dualbid.core.placement.value.Exponential;
import io.dualbid.core.placement.value.Histogram;
import io.dualbid.core.placement.value.LogNormal;
import io.dualbid.core.placement.value.Uniform;
import io.dualbid.core.placement.value.ValueDistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Small instances, a function of a seed: with ties, zeros, and all kinds of constraints. */
final class RandomPlacements {
  private RandomPlacements() {}

  /** Readers who compare. */
  static PlacementInstance mnl(long seed, int mostAds, int mostPositions) {
    return instance(new Random(seed), mostAds, mostPositions, false);
  }

  /** Readers from top to bottom. */
  static PlacementInstance cascade(long seed, int mostAds, int mostPositions) {
    return instance(new Random(seed), mostAds, mostPositions, true);
  }

  private static PlacementInstance instance(
      Random random, int mostAds, int mostPositions, boolean cascade) {
    int n = 1 + random.nextInt(mostAds);
    int m = 1 + random.nextInt(mostPositions);
    boolean constrained = random.nextInt(3) == 0;
    boolean coarse = random.nextInt(4) == 0;
    List<Position> positions = new ArrayList<>();
    int offset = 0;
    for (int j = 0; j < m; j++) {
      offset += 1 + random.nextInt(3);
      positions.add(new Position(offset, random.nextInt(4) == 0 ? Set.of("politics") : Set.of()));
    }
    List<Ad> ads = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      ads.add(ad(random, "ad" + i, m, cascade, constrained, coarse));
    }
    Limits limits =
        new Limits(random.nextInt(6), constrained ? random.nextInt(4) : 0, constrained ? 0.1 : -1);
    return new PlacementInstance(
        positions, ads, limits, cascade ? reader(random, m) : new UserModel.Mnl());
  }

  private static UserModel reader(Random random, int positions) {
    double[] attention = new double[random.nextBoolean() ? positions : 0];
    double d = 1;
    for (int j = 0; j < attention.length; j++) {
      attention[j] = d;
      d *= 1 - random.nextDouble() * 0.4;
    }
    return new UserModel.Cascade(random.nextInt(3) == 0 ? 1 : random.nextDouble(), attention);
  }

  private static Ad ad(
      Random random,
      String id,
      int positions,
      boolean cascade,
      boolean constrained,
      boolean coarse) {
    double[] weight = new double[positions];
    double[] fit = new double[positions];
    for (int j = 0; j < positions; j++) {
      double w = coarse ? random.nextInt(5) / 4.0 : random.nextDouble();
      weight[j] = random.nextInt(8) == 0 ? 0 : cascade ? w : w * (random.nextInt(5) == 0 ? 5 : 1);
      fit[j] = random.nextDouble();
    }
    double bid = random.nextInt(10) == 0 ? 0 : coarse ? random.nextInt(6) : 3 * random.nextDouble();
    Ad ad = new Ad(id, bid, weight).withValues(law(random));
    return constrained
        ? ad.withFit(fit)
            .withExclusions(
                random.nextBoolean() ? Set.of("politics") : Set.of(),
                random.nextInt(3) == 0 ? Set.of("shoes") : Set.of(),
                random.nextInt(4) == 0 ? Set.of("ad" + random.nextInt(5)) : Set.of())
        : ad;
  }

  /** Any kind of law, with values about 1. */
  static ValueDistribution law(Random random) {
    double x = random.nextDouble();
    return switch (random.nextInt(5)) {
      case 0 -> new Uniform(x, x + 0.5 + 2 * random.nextDouble());
      case 1 -> new Exponential(0.3 + x);
      case 2 -> new LogNormal(random.nextGaussian() * 0.5, 0.2 + 2 * x);
      case 3 -> histogram(random);
      default -> new Empirical(samples(random));
    };
  }

  /** A few, some of them equal. */
  static double[] samples(Random random) {
    double[] samples = new double[1 + random.nextInt(12)];
    for (int k = 0; k < samples.length; k++) {
      samples[k] = Math.round(30 * random.nextDouble()) / 10.0;
    }
    return samples;
  }

  /** A few bins, dense and thin ones side by side. */
  static Histogram histogram(Random random) {
    int bins = 1 + random.nextInt(5);
    double[] edges = new double[bins + 1];
    double[] masses = new double[bins];
    edges[0] = random.nextInt(2) * random.nextDouble();
    double sum = 0;
    for (int k = 0; k < bins; k++) {
      edges[k + 1] = edges[k] + 0.1 + random.nextDouble();
      masses[k] = 0.05 + random.nextDouble() * random.nextDouble();
      sum += masses[k];
    }
    for (int k = 0; k < bins; k++) {
      masses[k] /= sum;
    }
    return new Histogram(edges, masses);
  }

  /** The same instance with one ad bidding otherwise. */
  static PlacementInstance withBid(PlacementInstance instance, int ad, double bid) {
    List<Ad> ads = new ArrayList<>(instance.ads());
    ads.set(ad, ads.get(ad).withBid(bid));
    return withAds(instance, ads);
  }

  /** The same instance with other ads. */
  static PlacementInstance withAds(PlacementInstance instance, List<Ad> ads) {
    return new PlacementInstance(instance.positions(), ads, instance.limits(), instance.user());
  }
}
