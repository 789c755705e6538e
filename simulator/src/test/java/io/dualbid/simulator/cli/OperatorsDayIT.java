package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.core.model.Money;
import io.dualbid.stream.codec.JournalDecoder;
import io.dualbid.stream.embedded.EmbeddedBroker;
import io.dualbid.stream.embedded.Limit;
import io.dualbid.stream.kafka.KafkaClients;
import io.dualbid.stream.kafka.RawRecordReader;
import io.dualbid.stream.record.JournalRecord.Issued;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day of docs/operators.md, command by command, against a real broker and the jobs that {@code
 * stream} runs.
 */
class OperatorsDayIT {
  private static final Path DOCUMENT = Path.of("..", "docs", "operators.md");
  private static final long PATIENCE_MILLIS = 300_000;

  /** Effects are seen within two seconds; where the machine is busy, the quickest of them is. */
  private static final long EFFECT_MILLIS = 2_000;

  @TempDir private Path folder = Path.of("");

  /** Requests come all the time, and every bid on them is seen. */
  private static final class Traffic implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final String requests;
    private final JournalDecoder decoder;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> bids;
    private long sent;
    private String lastBidOn = "";

    Traffic(EngineConfig engine) {
      requests = engine.kafka().topics().bidRequests();
      decoder = new JournalDecoder(engine.kafka().topics());
      KafkaClients clients = KafkaClients.of(engine);
      producer = clients.newProducer();
      bids = clients.newConsumer();
      List<TopicPartition> partitions =
          bids.partitionsFor(engine.kafka().topics().bids()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      bids.assign(partitions);
      bids.seekToEnd(partitions);
    }

    /** Sends a request, and tells whether a campaign has bid this price since. */
    boolean sees(String campaign, double cpm) {
      String id = "r-" + sent++;
      String json =
          "{\"id\":\"" + id + "\",\"imp\":[{\"id\":\"1\",\"banner\":{\"w\":300,\"h\":250}}]}";
      Future<?> unused = producer.send(new ProducerRecord<>(requests, bytes(id), bytes(json)));
      boolean seen = false;
      for (ConsumerRecord<byte[], byte[]> record : bids.poll(PAUSE)) {
        if (decoder.decode(RawRecordReader.of(record)) instanceof Issued issued
            && issued.bid().campaign().equals(campaign)) {
          lastBidOn = issued.bid().requestId();
          seen |= issued.bid().amountNanos() == Money.floorNanos(cpm / 1_000);
        }
      }
      return seen;
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      producer.close();
      bids.close();
    }
  }

  private static long await(String what, BooleanSupplier condition) {
    long begun = System.currentTimeMillis();
    while (!condition.getAsBoolean()) {
      assertThat(System.currentTimeMillis() - begun).as(what).isLessThan(PATIENCE_MILLIS);
    }
    return System.currentTimeMillis() - begun;
  }

  private static String settings(String bootstrap) {
    return EngineFile.addressText(bootstrap)
        + """
            create-topics: { partitions: 2 }
          bidding: { parallelism: 1, default-tmax: 2s }
          pacing: { parallelism: 1, leases: { interval: 100ms } }
          """;
  }

  private List<String> here(List<String> command, String bootstrap, String request) {
    List<String> args = new ArrayList<>();
    for (String word : command) {
      args.add(
          word.startsWith("day/") || word.startsWith("config/")
              ? folder.resolve(word).toString()
              : word.replace("localhost:9092", bootstrap).replace("REQUEST-ID", request));
    }
    return args;
  }

  private Captured run(List<String> command, String bootstrap, String request) {
    return Captured.run(here(command, bootstrap, request).toArray(String[]::new));
  }

  private void save(Tutorial.Step step) throws IOException {
    Path file = folder.resolve(step.file());
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, step.text());
  }

  /** The engine of the first command, in a thread of its own; what it tells goes to a stream. */
  private Thread engine(List<String> command, String bootstrap, ByteArrayOutputStream told) {
    PrintStream err = System.err;
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    String[] args = here(command, bootstrap, "").toArray(String[]::new);
    Thread thread = new Thread(() -> Main.execute(args), "engine");
    thread.start();
    await("the engine runs", () -> told.toString(StandardCharsets.UTF_8).contains("running;"));
    System.setErr(err);
    return thread;
  }

  @Test
  void aDayAsItIsWritten() throws Exception {
    List<Tutorial.Step> steps = Tutorial.steps(DOCUMENT, "A day");
    assertThat(steps).hasSize(15);
    try (EmbeddedBroker broker = new EmbeddedBroker()) {
      String at = broker.bootstrap();
      Files.createDirectories(folder.resolve("day/live"));
      Files.createDirectories(folder.resolve("config"));
      Path file = Files.writeString(folder.resolve("config/engine.yaml"), settings(at));
      ByteArrayOutputStream told = new ByteArrayOutputStream();
      Thread engine = engine(steps.get(0).command(), at, told);
      try (Traffic traffic = new Traffic(EngineFile.read(file))) {
        day(steps, at, traffic, told);
      } finally {
        engine.interrupt();
        Limit.join(engine);
      }
    }
  }

  private void day(
      List<Tutorial.Step> steps, String at, Traffic traffic, ByteArrayOutputStream told)
      throws Exception {
    List<Long> effects = new ArrayList<>();
    String spring = folder.resolve("day/spring.yaml").toString();

    save(steps.get(1));
    Captured wrong = run(steps.get(2).command(), at, "");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains(spring + ":4:13: found").contains("5OO");

    save(steps.get(3));
    assertThat(run(steps.get(4).command(), at, "").out()).contains(spring + ": ok");
    assertThat(run(steps.get(5).command(), at, "").out())
        .contains("campaigns\tspring-sale\t", "not written");
    assertThat(traffic.sees("spring-sale", 0.5)).as("nothing is published yet").isFalse();
    assertThat(run(steps.get(6).command(), at, "").out()).contains("spring-sale: version 1");
    effects.add(await("bids of 0.5", () -> traffic.sees("spring-sale", 0.5)));

    save(steps.get(7));
    Captured diff = run(steps.get(8).command(), at, "");
    assertThat(diff.status()).as(diff.out() + diff.err()).isZero();
    assertThat(diff.out())
        .contains("campaign spring-sale: budget 500.00 -> 650.00 (+30 %)")
        .contains("campaign spring-sale: highest bid 0.5 CPM -> 0.8 CPM");
    assertThat(run(steps.get(9).command(), at, "").out()).contains("spring-sale: version 2");
    effects.add(await("bids of 0.8", () -> traffic.sees("spring-sale", 0.8)));

    String request = traffic.lastBidOn;
    Captured why = run(steps.get(10).command(), at, request);
    assertThat(why.status()).as(why.out() + why.err()).isZero();
    assertThat(why.out()).contains("request " + request, "spring-sale", "offered");

    assertThat(run(steps.get(11).command(), at, "").out()).contains("spring-sale: version 3");
    effects.add(await("bids of 0.5 again", () -> traffic.sees("spring-sale", 0.5)));
    assertThat(run(steps.get(12).command(), at, "").out())
        .containsSubsequence("anna", "spring is here", "anna", "more to spend", "bert", "too dear");

    save(steps.get(13));
    String live = folder.resolve("day/live/summer.yaml").toString();
    await(
        "the wrong file is told",
        () -> {
          traffic.sees("summer", 0.9);
          return told.toString(StandardCharsets.UTF_8).contains(live + ": not applied");
        });
    assertThat(told.toString(StandardCharsets.UTF_8)).contains(live + ":4:13: found -5");
    assertThat(run(List.of("history", "summer", "--config", "config/engine.yaml"), at, "").status())
        .as("nothing was published of it")
        .isEqualTo(2);
    await("bidding goes on", () -> traffic.sees("spring-sale", 0.5));

    save(steps.get(14));
    effects.add(await("bids of a saved file", () -> traffic.sees("summer", 0.9)));
    assertThat(effects).as("ms to the first bid").anyMatch(millis -> millis < EFFECT_MILLIS);
  }
}
