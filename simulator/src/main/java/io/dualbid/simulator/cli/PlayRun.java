package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.EngineConfig;
import io.dualbid.simulator.play.Play;
import io.dualbid.simulator.play.ResultFiles;
import io.dualbid.simulator.play.Scenario;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plays a scenario with a console: Ctrl-C ends it with the same summary. */
final class PlayRun {
  private static final long LONGEST_END_SECONDS = 90;

  private PlayRun() {}

  /**
   * Plays and tells.
   *
   * @param textsPerSecond texts that ask for ads beside the requests; 0 for none
   * @param additions adds to the JSON document what only the caller knows
   * @return the exit status
   */
  static int run(
      String command,
      EngineConfig engine,
      Scenario scenario,
      boolean json,
      Console console,
      @Nullable ResultFiles files,
      LongSupplier answered,
      double textsPerSecond,
      Consumer<ObjectNode> additions)
      throws IOException, InterruptedException {
    Play play = new Play(engine, scenario, console, answered, textsPerSecond);
    CountDownLatch done = new CountDownLatch(1);
    Thread interrupted =
        new Thread(
            () -> {
              play.stop();
              awaitQuietly(done);
            },
            "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      Play.Result result = play.run();
      Summary summary = new Summary(command, scenario, result);
      ObjectNode document = summary.json();
      additions.accept(document);
      if (files != null) {
        files.write("summary.json", Summary.text(document) + "\n");
      }
      if (json) {
        System.out.println(Summary.text(document));
      } else {
        summary.print(System.out);
      }
      System.out.flush();
      return Summary.isOk(result) ? 0 : Main.FAILED;
    } finally {
      done.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(interrupted);
      } catch (IllegalStateException e) {
        console.say("stopped");
      }
    }
  }

  private static void awaitQuietly(CountDownLatch done) {
    try {
      if (!done.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("dualbid: gave up waiting for the summary");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
