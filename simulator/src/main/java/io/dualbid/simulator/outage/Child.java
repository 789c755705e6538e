package io.dualbid.simulator.outage;

import io.dualbid.stream.embedded.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * The begin of each process of a run: a broker, a job manager, a task manager or an exchange.
 *
 * <p>None outlives the process that started it: its standard input ends with that one, and then it
 * halts.
 */
public final class Child {
  /** The exit status of a process whose parent is gone. */
  private static final int ORPHANED = 3;

  private Child() {}

  /**
   * Runs one of them.
   *
   * @param args {@code broker FOLDER PORT CONTROLLER-PORT}, {@code job-manager FOLDER} or {@code
   *     task-manager FOLDER} with the folder of Flink's {@code config.yaml}, or {@code exchange
   *     ENGINE-FILE RECORD-FILE SEED RATE}
   */
  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "broker" -> broker(Path.of(args[1]), Integer.parseInt(args[2]), args[3]);
      case "job-manager" -> {
        watchParent(command -> {});
        StandaloneSessionClusterEntrypoint.main(new String[] {"--configDir", args[1]});
      }
      case "task-manager" -> {
        watchParent(command -> {});
        TaskManagerRunner.main(new String[] {"--configDir", args[1]});
      }
      case "exchange" -> {
        RecordedExchange exchange =
            RecordedExchange.open(
                Path.of(args[1]),
                Path.of(args[2]),
                Long.parseLong(args[3]),
                Double.parseDouble(args[4]));
        watchParent(command -> exchange.stopOffering());
        exchange.run();
      }
      default ->
          throw new IllegalArgumentException(
              "found " + args[0] + "; accepted: broker, job-manager, task-manager or exchange");
    }
  }

  private static void broker(Path folder, int port, String controllerPort)
      throws InterruptedException {
    watchParent(command -> {});
    EmbeddedBroker broker = new EmbeddedBroker(folder, port, Integer.parseInt(controllerPort));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  ended.countDown();
                },
                "stopping"));
    ended.await();
  }

  /** Hands on what the parent says, line by line, and halts when it is gone. */
  private static void watchParent(Consumer<String> commands) {
    Thread watch =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                  commands.accept(line);
                }
                Runtime.getRuntime().halt(ORPHANED);
              } catch (IOException e) {
                Runtime.getRuntime().halt(ORPHANED);
              }
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }
}
