package io.dualbid.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.dualbid.core.placement.Ad;
import io.dualbid.core.placement.Objective;
import io.dualbid.core.placement.PlacementAuction;
import io.dualbid.core.placement.PlacementResult;
import io.dualbid.core.placement.fit.ClickWeights;
import io.dualbid.core.placement.fit.FitModel;
import io.dualbid.core.placement.fit.FitSettings;
import io.dualbid.core.placement.fit.FittedContent;
import io.dualbid.core.placement.fit.TextCreative;
import io.dualbid.core.placement.text.Content;
import io.dualbid.core.placement.text.Granularity;
import io.dualbid.simulator.placement.SentenceModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a text of 20 sentences to an auction among 50 creatives whose embeddings are kept: all of
 * it, and its parts. The text's words change from one call to the next, so that nothing of it is
 * kept.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class FitBenchmark {
  private static final int SENTENCES = 20;
  private static final int CREATIVES = 50;
  private static final String[] SUBJECTS = {
    "bread",
    "the oven",
    "a mountain path",
    "hiking boots",
    "the database",
    "a train to the south",
    "the garden",
    "an old bicycle",
    "the lake in winter",
    "a violin"
  };

  private final FitModel model = new FitModel(new SentenceModel());
  private final SentenceModel sentences = new SentenceModel();
  private final List<TextCreative> creatives = new ArrayList<>();
  private final FitSettings settings =
      new FitSettings(
          Granularity.SENTENCE, 0, 0, 3, ClickWeights.DEFAULT.withFloor(0.2), null, Set.of());
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private String text = "";
  private int sentence;
  private long calls;
  private long callsBefore;
  private long nanosBefore;

  /** Loads the model and keeps the creatives. */
  @Setup
  public void define() {
    for (int i = 0; i < CREATIVES; i++) {
      creatives.add(
          new TextCreative(
              new Ad("ad" + i, 1 + i % 7),
              "All that you need for "
                  + SUBJECTS[i % SUBJECTS.length]
                  + ", delivered to your door within "
                  + (i + 1)
                  + " days."));
    }
    FittedContent.of(Content.parse("One sentence."), creatives, settings, model);
  }

  /** Another text of the same length. */
  @Setup(Level.Invocation)
  public void write() {
    StringBuilder words = new StringBuilder();
    for (int s = 0; s < SENTENCES; s++) {
      words
          .append("On day ")
          .append(sentence++ % 10_000)
          .append(" we spoke about ")
          .append(SUBJECTS[(sentence + s) % SUBJECTS.length])
          .append(" and what it takes to look after it well.")
          .append(s % 5 == 4 ? "\n\n" : " ");
    }
    text = words.toString();
    calls++;
  }

  /** Begins to count processor time. */
  @Setup(Level.Iteration)
  public void begin() {
    callsBefore = calls;
    nanosBefore = process.getProcessCpuTime();
  }

  /** Tells processor time of a call, which other work on the machine hardly changes. */
  @TearDown(Level.Iteration)
  public void tell() {
    System.out.printf(
        Locale.ROOT,
        "[processor time %.3f ms a call] ",
        (process.getProcessCpuTime() - nanosBefore) / 1e6 / Math.max(1, calls - callsBefore));
  }

  /** Places, contexts, their embeddings, fits and the auction with its prices. */
  @Benchmark
  public PlacementResult place() {
    FittedContent fitted = FittedContent.of(Content.parse(text), creatives, settings, model);
    return PlacementAuction.run(fitted.instance(), Objective.WELFARE);
  }

  /** The sentence model alone, on the twenty contexts. */
  @Benchmark
  public double[][] embedContexts() {
    Content content = Content.parse(text);
    return sentences.embed(
        content.points(Granularity.SENTENCE, 0).stream().map(content::context).toList());
  }

  /** Places and contexts alone. */
  @Benchmark
  public int readText() {
    Content content = Content.parse(text);
    return content.points(Granularity.SENTENCE, 0).stream()
        .mapToInt(point -> content.context(point).length())
        .sum();
  }
}
