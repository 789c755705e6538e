package io.dualbid.benchmarks;

import io.dualbid.core.configuration.Configurations;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Campaign;
import io.dualbid.core.model.LedgerSummary;
import io.dualbid.core.model.Money;
import io.dualbid.core.model.Multipliers;
import io.dualbid.core.model.PacingUpdate;
import io.dualbid.core.model.PacingUpdate.Position;
import io.dualbid.core.model.PacingUpdate.Totals;
import io.dualbid.simulator.console.ConsoleServer;
import io.dualbid.simulator.play.GeneratedCampaigns;
import io.dualbid.stream.codec.PacingUpdateCodec;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.topics.TopicSetup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The live page with many campaigns whose ledgers move all the time: the processor time of its
 * threads as a share of one core, first with nobody looking, then with one browser, then with eight
 * more that never take what they are sent; and how many events the first browser gets, and how many
 * updates the writer writes, meanwhile.
 */
public final class ConsoleLoad {
  private static final int DEAD_BROWSERS = 8;

  private ConsoleLoad() {}

  /**
   * Runs and prints.
   *
   * @param args the number of campaigns, updates a second of all, and seconds of each part
   */
  public static void main(String[] args) throws Exception {
    int campaigns = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int rate = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    try (EmbeddedBroker broker = new EmbeddedBroker()) {
      EngineConfig engine =
          Configurations.engine(
              "console", "kafka: { bootstrap: '" + broker.bootstrap() + "' }", name -> null);
      TopicSetup.ensure(KafkaClients.of(engine), engine);
      List<Campaign> defined = define(engine, campaigns);
      AtomicLong written = new AtomicLong();
      AtomicBoolean stopped = new AtomicBoolean();
      Thread writer = new Thread(() -> write(engine, defined, rate, written, stopped), "writer");
      writer.setDaemon(true);
      writer.start();
      try (ConsoleServer console = ConsoleServer.start(engine, ConsoleServer.Settings.local(0))) {
        System.out.printf(
            Locale.ROOT,
            "%d campaigns, %d updates a second, %d s each%n",
            campaigns,
            rate,
            seconds);
        TimesOf times = new TimesOf();
        AtomicLong events = new AtomicLong();
        part("warm-up", times, events, written, seconds);
        part("nobody looks", times, events, written, seconds);
        look(console.address(), events);
        part("one browser", times, events, written, seconds);
        List<Socket> dead = new ArrayList<>();
        for (int i = 0; i < DEAD_BROWSERS; i++) {
          dead.add(dead(console.address()));
        }
        part("and " + DEAD_BROWSERS + " dead ones", times, events, written, seconds);
        for (Socket socket : dead) {
          socket.close();
        }
      }
      stopped.set(true);
      writer.join();
    }
  }

  private static void part(
      String name, TimesOf times, AtomicLong events, AtomicLong written, int seconds)
      throws InterruptedException {
    long begun = System.nanoTime();
    long cpu = times.consoleNanos();
    long eventsBefore = events.get();
    long writtenBefore = written.get();
    Thread.sleep(1_000L * seconds);
    double wall = System.nanoTime() - begun;
    System.out.printf(
        Locale.ROOT,
        "%-20s %5.1f %% of a core; %.1f events/s; %.0f updates/s written%n",
        name,
        100 * (times.consoleNanos() - cpu) / wall,
        (events.get() - eventsBefore) / (wall / 1e9),
        (written.get() - writtenBefore) / (wall / 1e9));
  }

  /** Processor time of the console's threads, those that have ended included as far as was seen. */
  private static final class TimesOf {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    long consoleNanos() {
      long sum = 0;
      for (long id : threads.getAllThreadIds()) {
        var info = threads.getThreadInfo(id);
        String name = info == null ? "" : info.getThreadName();
        if (name.startsWith("console-")) {
          sum += Math.max(0, threads.getThreadCpuTime(id));
        }
      }
      return sum;
    }
  }

  private static List<Campaign> define(EngineConfig engine, int campaigns) {
    long now = System.currentTimeMillis();
    List<Campaign> defined =
        GeneratedCampaigns.of(campaigns, 1_000, 1, now - 1_000, now + 3_600_000);
    try (StreamThroughput.Written written = new StreamThroughput.Written(KafkaClients.of(engine))) {
      for (Campaign campaign : defined) {
        written.send(
            engine.kafka().topics().campaigns(), campaign.id(), Configurations.toJson(campaign));
      }
    }
    return defined;
  }

  /** Writes ledgers that move, campaign by campaign, until stopped. */
  private static void write(
      EngineConfig engine,
      List<Campaign> campaigns,
      int rate,
      AtomicLong written,
      AtomicBoolean stopped) {
    long begun = System.nanoTime();
    try (StreamThroughput.Written out = new StreamThroughput.Written(KafkaClients.of(engine))) {
      for (long i = 0; !stopped.get(); i++) {
        Campaign campaign = campaigns.get((int) (i % campaigns.size()));
        byte[] update = PacingUpdateCodec.encode(update(campaign, i / campaigns.size()));
        out.send(engine.kafka().topics().pacing(), campaign.id(), update);
        written.incrementAndGet();
        long due = begun + (long) (i * 1e9 / rate);
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(200_000);
        }
      }
    }
  }

  private static PacingUpdate update(Campaign campaign, long round) {
    long spent = Math.min(campaign.budgetNanos() / 2, (round + 1) * Money.NANOS_PER_UNIT / 100);
    return new PacingUpdate(
        campaign.id(),
        System.currentTimeMillis(),
        PacingUpdate.State.ACTIVE,
        Multipliers.budget(1 + round % 10 / 10.0),
        null,
        new LedgerSummary(campaign.budgetNanos(), campaign.budgetNanos(), spent, 0, 0),
        new Position(round, round),
        new Totals(round, 0, 0, round, 0, 0, 0, 0, 0, 0, 0, 0, round, 0, 0, spent, 200),
        null);
  }

  /** A browser that reads. */
  private static void look(String address, AtomicLong events) {
    Thread browser =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(
                          URI.create(address).resolve("/events").toURL().openStream(),
                          StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (line.startsWith("data:")) {
                    events.incrementAndGet();
                  }
                }
              } catch (IOException e) {
                System.out.println("the page has ended: " + e.getMessage());
              }
            },
            "browser");
    browser.setDaemon(true);
    browser.start();
  }

  /** A browser that asks and never reads. */
  private static Socket dead(String address) throws IOException {
    URI uri = URI.create(address);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET /events HTTP/1.1\r\nHost: " + uri.getHost() + ":" + uri.getPort() + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }
}
