package io.dualbid.simulator.log;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes up allocation logs: the same seed gives the same ones, and a longer log has the arrivals of
 * the shorter first. Campaigns pay per click, each with a price of a click and a click rate of its
 * own, and have capacity for a share of what all arrivals could ask of them; some want more
 * arrivals than others; which of two is better changes from arrival to arrival.
 *
 * <p>Constant memory but for the campaigns. Not thread safe.
 */
public final class AllocationGenerator {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final double SIGMA_RATE = 0.6;
  private static final double SIGMA_PRICE = 0.5;
  private static final int MILLION = 1_000_000;
  private static final int HUNDRED = 100;

  private final SplittableRandom random;
  private final Shape shape;
  private final double[] priceHundredths;
  private final double[] rate;
  private final int[] chosen;
  private long number;

  /**
   * What a log is like.
   *
   * @param campaigns how many, at least 1
   * @param options of each arrival at most, at least 1; each of another campaign
   * @param probability of success on average, above 0, at most 1; 1 makes every success certain
   * @param scarcity capacities as a share of what all options together would use in expectation,
   *     above 0
   */
  public record Shape(int campaigns, int options, double probability, double scarcity) {
    public Shape {
      if (campaigns < 1
          || options < 1
          || !(probability > 0 && probability <= 1)
          || !(scarcity > 0 && scarcity <= 1)) {
        throw new IllegalArgumentException(
            "campaigns and options >= 1, 0 < probability, scarcity <= 1: "
                + campaigns
                + ", "
                + options
                + ", "
                + probability
                + ", "
                + scarcity);
      }
    }
  }

  /** A generator. */
  public AllocationGenerator(long seed, Shape shape) {
    this.random = new SplittableRandom(seed);
    this.shape = shape;
    priceHundredths = new double[shape.campaigns];
    rate = new double[shape.campaigns];
    for (int v = 0; v < shape.campaigns; v++) {
      priceHundredths[v] =
          Math.max(1, Math.rint(HUNDRED * StrictMath.exp(SIGMA_PRICE * random.nextGaussian())));
      rate[v] = StrictMath.exp(SIGMA_RATE * random.nextGaussian() - SIGMA_RATE * SIGMA_RATE / 2);
    }
    chosen = new int[Math.min(shape.options, shape.campaigns)];
  }

  /** Opens a file to write to, gzipped where its name ends with {@code .gz}. */
  public static Writer open(Path file) throws IOException {
    var bytes = Files.newOutputStream(file);
    return new BufferedWriter(
        new OutputStreamWriter(
            file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, BUFFER_BYTES) : bytes,
            StandardCharsets.UTF_8),
        BUFFER_BYTES);
  }

  /**
   * Writes the line of capacities.
   *
   * @param arrivals how many there will be
   */
  public void capacities(long arrivals, Writer to) throws IOException {
    to.write("{\"capacity\": {");
    double each = (double) arrivals * chosen.length / shape.campaigns;
    for (int v = 0; v < shape.campaigns; v++) {
      double clicks = Math.max(1, Math.rint(each * shape.scarcity * mean(v)));
      to.write((v == 0 ? "\"" : ", \"") + id(v) + "\": {\"budget\": ");
      to.write(LogWriter.decimal((long) (clicks * priceHundredths[v]), 2));
      to.write("}");
    }
    to.write("}}\n");
  }

  private static String id(int vertex) {
    return "campaign-" + (vertex + 1);
  }

  private double mean(int vertex) {
    return shape.probability == 1 ? 1 : Math.min(1, shape.probability * rate[vertex]);
  }

  /** Writes so many more arrivals. */
  public void arrivals(long count, Writer to) throws IOException {
    StringBuilder line = new StringBuilder();
    for (long i = 0; i < count; i++) {
      line.setLength(0);
      line.append("{\"t\": ").append(++number).append(", \"options\": [");
      for (int k = 0; k < chosen.length; k++) {
        chosen[k] = another(k);
        line.append(k == 0 ? "" : ", ");
        option(chosen[k], line);
      }
      to.append(line.append("]}\n"));
    }
  }

  /** A campaign that is none of the first {@code k} chosen. */
  private int another(int k) {
    while (true) {
      int vertex = random.nextInt(shape.campaigns);
      boolean seen = false;
      for (int i = 0; i < k; i++) {
        seen |= chosen[i] == vertex;
      }
      if (!seen) {
        return vertex;
      }
    }
  }

  private void option(int vertex, StringBuilder line) {
    double worth = priceHundredths[vertex] * (0.5 + random.nextDouble());
    String price = LogWriter.decimal((long) priceHundredths[vertex], 2);
    line.append("{\"campaign\": \"").append(id(vertex)).append("\", \"reward\": ");
    line.append(LogWriter.decimal(Math.max(1, Math.round(worth)), 2));
    line.append(", \"consumption\": {\"budget\": ").append(price).append('}');
    if (shape.probability < 1) {
      double own = mean(vertex) * (0.5 + random.nextDouble());
      long millionths = Math.min(MILLION, Math.max(1, Math.round(own * MILLION)));
      line.append(", \"success_probability\": ").append(LogWriter.decimal(millionths, 6));
    }
    line.append('}');
  }
}
