package io.dualbid.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final BlockingQueue<String> reports = new ArrayBlockingQueue<>(1);

  @Test
  void namesTheTestThatHangsAndWhereItsThreadsStand() throws InterruptedException {
    Watchdog watchdog = new Watchdog(Duration.ofMillis(50), reports::add);
    CountDownLatch end = new CountDownLatch(1);
    Thread hanging = new Thread(() -> hangsHere(end), "hanging");
    hanging.start();
    watchdog.started("[method:ends()]");
    watchdog.started("[method:hangs()]");
    watchdog.ended("[method:ends()]");
    watchdog.begin();
    String report = reports.poll(1, TimeUnit.MINUTES);
    end.countDown();
    assertThat(report)
        .contains("[method:hangs()]", "WatchdogTest.hangsHere", Watchdog.LIMIT)
        .doesNotContain("[method:ends()]");
  }

  private static void hangsHere(CountDownLatch end) {
    try {
      end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
