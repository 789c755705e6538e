package io.dualbid.benchmarks;

import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.Campaign.Mirror;
import io.dualbid.core.model.Campaign.Objective;
import io.dualbid.core.model.Campaign.Status;
import io.dualbid.core.model.Creative;
import io.dualbid.core.model.Flight;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Plan;
import io.dualbid.core.model.Strategy;
import io.dualbid.core.model.Targeting;
import io.dualbid.core.pacing.PacingConfig;
import io.dualbid.simulator.log.AuctionLog;
import io.dualbid.simulator.log.LogFormat;
import io.dualbid.simulator.log.LogStream;
import io.dualbid.simulator.replay.Account;
import io.dualbid.simulator.replay.Arrival;
import io.dualbid.simulator.replay.Arrivals;
import io.dualbid.simulator.replay.Replay;
import io.dualbid.simulator.world.AuctionColumns;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How long dual mirror descent takes to replay a log, as a ratio to reading it: the log is
 * generated, read, and played by the engine's own facades, each timed alone on one thread.
 * Arguments: auctions and rounds; the first round warms up.
 */
public final class ReplayThroughput {
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int DEFAULT_AUCTIONS = 2_000_000;
  private static final int DEFAULT_ROUNDS = 3;
  private static final double BUDGET_PER_AUCTION = 5;

  private ReplayThroughput() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    int auctions = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_AUCTIONS;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ROUNDS;
    Path log = Files.createTempFile("dualbid-replay", ".txt");
    try {
      generate(log, auctions);
      System.out.printf(
          Locale.ROOT,
          "%8s %12s %12s %8s %14s%n",
          "round",
          "read",
          "replay",
          "ratio",
          "auctions/s");
      for (int round = 1; round <= rounds; round++) {
        round(round, log);
      }
    } finally {
      Files.delete(log);
    }
  }

  private static void round(int round, Path log) throws IOException {
    long before = nanos();
    AuctionColumns columns = columns(List.of(log));
    long read = nanos() - before;
    Replay replay =
        new Replay(
            Replay.Settings.atOnce(PacingConfig.DEFAULT.adaptiveStep()),
            List.of(campaign(columns.rows())));
    Arrivals arrivals = arrivals(columns);
    before = nanos();
    Account account = replay.play(arrivals).get(0);
    long played = nanos() - before;
    System.out.printf(
        Locale.ROOT,
        "%8d %10.2f s %10.2f s %8.2f %14.0f   (%d wins)%n",
        round,
        read / 1e9,
        played / 1e9,
        (double) played / read,
        account.auctions() / (played / 1e9),
        account.wins());
  }

  private static AuctionColumns columns(List<Path> files) throws IOException {
    try (LogStream stream = new LogStream(files, LogFormat.IPINYOU, false, null);
        AuctionLog log =
            AuctionLog.read(files, stream, AuctionLog.Part.ALL, AuctionLog.Progress.NONE)) {
      return AuctionColumns.of(log.tapes().get(0));
    }
  }

  /** Time of this thread on a core, so that others on the machine don't count. */
  private static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Prices from 5 to 300, most of them low, and click rates around 0.3 %, some with a price. */
  private static void generate(Path log, int auctions) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(log)) {
      for (int i = 0; i < auctions; i++) {
        double quality = random.nextDouble();
        int price = (int) Math.min(300, Math.exp(1.6 + 3.5 * random.nextDouble() + 0.6 * quality));
        double rate = 0.0015 * Math.exp(1.4 * quality);
        out.append(random.nextDouble() < rate ? '1' : '0').append(' ');
        out.append(Integer.toString(price)).append(' ').append(Double.toString(rate)).append('\n');
      }
    }
  }

  private static Campaign campaign(int auctions) {
    return new Campaign(
        "log",
        "advertiser.example",
        List.of(),
        Status.ACTIVE,
        Money.floorNanos(BUDGET_PER_AUCTION * auctions),
        null,
        new Flight(START_MILLIS, START_MILLIS + auctions, ZoneOffset.UTC),
        Plan.EVEN,
        Strategy.budget(Objective.VALUE, Mirror.ENTROPY, 1e-4),
        1.0,
        0,
        300 * Money.NANOS_PER_UNIT,
        List.of(Creative.banner("300x250", 300, 250)),
        Targeting.ANY);
  }

  private static Arrivals arrivals(AuctionColumns columns) {
    double[] price = columns.prices();
    double[] clickRate = columns.clickRates();
    boolean[] clicked = columns.clicks();
    return new Arrivals() {
      private int next;

      @Override
      public @Nullable Arrival next() {
        if (next == price.length) {
          return null;
        }
        int row = next++;
        return new Arrival(
            row,
            START_MILLIS + row,
            clickRate[row],
            Math.round(price[row] * Money.NANOS_PER_UNIT),
            clicked[row],
            false,
            List.of());
      }
    };
  }
}
