package io.dualbid.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends a test run that hangs: names the test, dumps all threads and the child processes, and halts
 * the JVM.
 *
 * <p>A test hangs if no test starts or ends for {@value #LIMIT} (seconds, default {@value
 * #DEFAULT_SECONDS}). Halting is the only way out that also ends a call into native code. The same
 * text goes to standard error and to {@code target/hung.txt}.
 */
public final class Watchdog implements TestExecutionListener {
  static final String LIMIT = "dualbid.test.limit";
  static final int DEFAULT_SECONDS = 900;

  private static final int EXIT_STATUS = 3;
  private static final Path REPORT = Path.of("target", "hung.txt");

  private final Duration limit;
  private final Consumer<String> hung;
  private final Set<String> running = new LinkedHashSet<>();
  private long changes;
  private boolean over;

  /** Watches with the limit that the system property gives. */
  public Watchdog() {
    this(Duration.ofSeconds(Integer.getInteger(LIMIT, DEFAULT_SECONDS)), Watchdog::halt);
  }

  /**
   * Watches.
   *
   * @param limit how long nothing may start or end
   * @param hung what to do then with the report; called once, on the watching thread
   */
  Watchdog(Duration limit, Consumer<String> hung) {
    this.limit = limit;
    this.hung = hung;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    begin();
  }

  void begin() {
    Thread thread = new Thread(this::watch, "test-watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan plan) {
    over = true;
    notifyAll();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started(test.getUniqueId());
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    ended(test.getUniqueId());
  }

  synchronized void started(String test) {
    running.add(test);
    changes++;
    notifyAll();
  }

  synchronized void ended(String test) {
    running.remove(test);
    changes++;
    notifyAll();
  }

  private void watch() {
    String report;
    try {
      report = waitForSilence();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (!report.isEmpty()) {
      hung.accept(report);
    }
  }

  /** Returns what hangs, or nothing if the run ends. */
  private synchronized String waitForSilence() throws InterruptedException {
    long seen = changes;
    long deadline = System.nanoTime() + limit.toNanos();
    while (!over) {
      long left = deadline - System.nanoTime();
      if (changes != seen) {
        seen = changes;
        deadline = System.nanoTime() + limit.toNanos();
      } else if (left <= 0) {
        return report();
      } else {
        wait(left / 1_000_000 + 1);
      }
    }
    return "";
  }

  private String report() {
    StringBuilder text = new StringBuilder(4_096);
    text.append("no test started or ended for ").append(limit.toSeconds()).append(" s (-D");
    text.append(LIMIT).append(" sets the limit). Running:\n");
    for (String test : running) {
      text.append("  ").append(test).append('\n');
    }
    ProcessHandle.current()
        .descendants()
        .forEach(child -> text.append("child process ").append(child.info()).append('\n'));
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      text.append('\n').append(thread.getKey()).append(' ').append(thread.getKey().getState());
      text.append('\n');
      for (StackTraceElement frame : thread.getValue()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }

  private static void halt(String report) {
    System.err.println(report);
    System.err.flush();
    try {
      Files.createDirectories(REPORT.toAbsolutePath().getParent());
      Files.writeString(REPORT, report);
    } catch (IOException e) {
      throw new UncheckedIOException("the report of a hung test can't be written to " + REPORT, e);
    } finally {
      Runtime.getRuntime().halt(EXIT_STATUS);
    }
  }
}
