package io.dualbid.simulator.outage;

import io.dualbid.stream.embedded.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One supervised process: what it takes to start it, and what can be done to it. What has been
 * killed or has died is started again by {@link #keepUp()} when it is time.
 */
final class Component {
  /** The opens that Flink's serializers need, and small heaps: all share one machine. */
  private static final List<String> JVM =
      List.of(
          "--add-opens",
          "java.base/java.util=ALL-UNNAMED",
          "--add-opens",
          "java.base/java.lang=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:-UsePerfData",
          "-Ddualbid.terminal=false");

  private static final long PAUSE_MILLIS = 1_000;
  private static final long LONGEST_END_SECONDS = 10;

  private final String name;
  private final List<String> command;
  private final Path logs;
  private @Nullable Process process;
  private int starts;
  private int deaths;
  private boolean ending;
  private long startMillis;
  private long pausedUntilMillis;

  /**
   * A process that is not started yet.
   *
   * @param heapMebibytes its heap
   * @param logs the folder of its logs, a file for each start
   * @param arguments what {@link Child} is told
   */
  Component(String name, int heapMebibytes, Path logs, List<String> arguments) {
    this.name = name;
    this.logs = logs;
    command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-Ddualbid.log=" + System.getProperty("dualbid.log", "warn"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Child.class.getName());
    command.addAll(arguments);
  }

  String name() {
    return name;
  }

  /** How often it has been started. */
  synchronized int starts() {
    return starts;
  }

  /** How often it ended although nobody had killed it. */
  synchronized int deaths() {
    return deaths;
  }

  /** Starts it if it isn't running and it is time; says whether it did. */
  synchronized boolean keepUp() {
    if (isAlive() || System.currentTimeMillis() < startMillis) {
      return false;
    }
    if (starts > 0 && !ending) {
      deaths++;
      // What dies of itself may do so again: not as often as a processor can.
      startMillis = System.currentTimeMillis() + PAUSE_MILLIS;
      ending = true;
      return false;
    }
    ending = false;
    starts++;
    Path log = logs.resolve(String.format(Locale.ROOT, "%s-%02d.log", name, starts));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be started", e);
    }
    return true;
  }

  synchronized boolean isAlive() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Whether it runs and does not stand still. */
  synchronized boolean isUp() {
    return isAlive() && System.currentTimeMillis() > pausedUntilMillis;
  }

  /** Kills it as {@code kill -9} does, and waits for its end. */
  synchronized void kill(long awayMillis) throws InterruptedException {
    Process running = process;
    if (running != null) {
      ending = true;
      running.destroyForcibly();
      Limit.exit(name, running);
    }
    startMillis = System.currentTimeMillis() + awayMillis;
    pausedUntilMillis = 0;
  }

  /** Asks it to end, as {@code kill} does; when it has ended, it is started again. */
  synchronized void stop(long awayMillis) {
    Process running = process;
    if (running != null) {
      ending = true;
      running.destroy();
    }
    startMillis = System.currentTimeMillis() + awayMillis;
  }

  /**
   * Lets it stand still. It is set going again by a process of its own, so that it is even if this
   * one dies.
   */
  synchronized void pause(long millis) {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    String pid = Long.toString(running.pid());
    String seconds = String.format(Locale.ROOT, "%.3f", millis / 1e3);
    try {
      new ProcessBuilder(
              "sh", "-c", "kill -STOP $0; sleep $1; kill -CONT $0 2>/dev/null", pid, seconds)
          .redirectErrorStream(true)
          .redirectOutput(logs.resolve("pauses.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " can't be paused", e);
    }
    pausedUntilMillis = System.currentTimeMillis() + millis;
  }

  /** Says a line to it on its standard input. */
  synchronized void say(String line) {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      running.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " doesn't listen", e);
    }
  }

  /** Ends it for good, at once; returns when it is gone. */
  synchronized void end() {
    startMillis = Long.MAX_VALUE;
    ending = true;
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroyForcibly();
    try {
      running.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // It was killed all the same.
      Thread.currentThread().interrupt();
    }
  }
}
