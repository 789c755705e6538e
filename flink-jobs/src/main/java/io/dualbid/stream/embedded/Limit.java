package io.dualbid.stream.embedded;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits with a limit: what does not end in time is named, with the stacks of all threads, in an
 * exception.
 *
 * <p>The limit is for what hangs, so it is far above what a busy machine takes.
 */
public final class Limit {
  /** Enough for a start or an end of anything on a busy machine. */
  public static final Duration GENEROUS = Duration.ofMinutes(5);

  private Limit() {}

  /**
   * Waits for a result for at most {@link #GENEROUS}.
   *
   * @param what what is waited for, such as "the end of job x"
   * @throws IllegalStateException if it fails, or has not come by then
   */
  public static <T> T await(String what, CompletionStage<T> result) {
    return await(what, result, GENEROUS);
  }

  static <T> T await(String what, CompletionStage<T> result, Duration limit) {
    try {
      return result.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(hung(what, limit), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(what + " failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, e);
    }
  }

  /**
   * Waits for the end of a thread for at most {@link #GENEROUS}; an interrupt ends the wait.
   *
   * @throws IllegalStateException if it has not ended by then
   */
  public static void join(Thread thread) {
    try {
      thread.join(GENEROUS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (thread.isAlive()) {
      throw new IllegalStateException(hung("the end of thread " + thread.getName(), GENEROUS));
    }
  }

  /**
   * Waits for the end of a process for at most {@link #GENEROUS} and returns its exit status.
   *
   * @throws IllegalStateException if it has not ended by then; it is killed
   */
  public static int exit(String what, Process process) throws InterruptedException {
    if (!process.waitFor(GENEROUS.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(hung("the end of " + what, GENEROUS));
    }
    return process.exitValue();
  }

  private static String hung(String what, Duration limit) {
    StringBuilder text = new StringBuilder(4_096);
    text.append("waited in vain for ").append(what).append(" for ").append(limit.toMillis());
    text.append(" ms; threads:\n");
    for (Map.Entry<Thread, StackTraceElement[]> thread : Thread.getAllStackTraces().entrySet()) {
      text.append(thread.getKey()).append(' ').append(thread.getKey().getState()).append('\n');
      for (StackTraceElement frame : thread.getValue()) {
        text.append("    at ").append(frame).append('\n');
      }
    }
    return text.toString();
  }
}
