package io.dualbid.simulator.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks side by side, and answers in the order in which they were asked for. */
final class InOrder {
  private InOrder() {}

  /**
   * Runs tasks; the first of them that fails, fails this.
   *
   * @param threads how many at a time, at least 1
   * @throws IOException if interrupted, or if a task throws it
   */
  static <T> List<T> run(List<Callable<T>> tasks, int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
    try {
      List<Future<T>> futures = new ArrayList<>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      List<T> answers = new ArrayList<>();
      for (Future<T> future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** What a task threw, as it would have come without a thread. */
  private static IOException rethrown(ExecutionException e) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(e);
  }
}
