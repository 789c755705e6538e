package io.dualbid.simulator.outage;

import io.dualbid.simulator.outage.Outage.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All processes of a run, and the jobs on them: one thread starts again what is down, another
 * submits again what is lost.
 */
final class Machinery implements AutoCloseable {
  private static final int TASK_MANAGERS = 2;
  private static final long LOOK_MILLIS = 50;
  private static final long LOOK_AT_JOBS_MILLIS = 300;

  /** A job that is asked to stop in the midst of a failure doesn't; then it is asked again. */
  private static final int ATTEMPTS = 3;

  private static final int FEWEST = 1;
  private static final int MOST = 3;

  private final Component broker;
  private final Component jobManager;
  private final Component exchange;
  private final List<Component> taskManagers = new ArrayList<>();
  private final Jobs jobs;
  private final Consumer<String> told;
  private final ExecutorService operators = Executors.newSingleThreadExecutor();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger undone = new AtomicInteger();
  private final List<Thread> watches = new ArrayList<>();
  private volatile boolean exchangeOpen;
  private volatile boolean stopped;
  private volatile @Nullable Throwable failure;

  /**
   * Machinery that is not running yet.
   *
   * @param rate requests a second of the exchange
   * @param told is told what is done, in words
   */
  Machinery(OutageSettings settings, long seed, double rate, Consumer<String> told)
      throws Exception {
    this.told = told;
    Path logs = settings.logs();
    broker =
        new Component(
            "broker",
            512,
            logs,
            List.of(
                "broker",
                settings.brokerData().toString(),
                Integer.toString(settings.brokerPort()),
                Integer.toString(settings.controllerPort())));
    jobManager =
        new Component(
            "job-manager", 384, logs, List.of("job-manager", settings.flink().toString()));
    for (int i = 1; i <= TASK_MANAGERS; i++) {
      taskManagers.add(
          new Component(
              "task-manager-" + i,
              640,
              logs,
              List.of("task-manager", settings.flink().toString())));
    }
    exchange =
        new Component(
            "exchange",
            384,
            logs,
            List.of(
                "exchange",
                settings.engineFile().toString(),
                settings.recordFile().toString(),
                Long.toString(seed),
                Double.toString(rate)));
    jobs = new Jobs(settings);
  }

  /** Starts the broker; the rest follows with {@link #startAll()}. */
  void startBroker() {
    broker.keepUp();
  }

  /** Starts everything but the exchange, and keeps it up from now on. */
  void startAll() {
    watch("keeping processes up", LOOK_MILLIS, this::keepUp);
    watch(
        "keeping jobs up",
        LOOK_AT_JOBS_MILLIS,
        () -> {
          if (jobManager.isUp()) {
            jobs.keepUp().forEach(told);
          }
        });
  }

  /** Opens the exchange, and keeps it up from now on. */
  void openExchange() {
    exchangeOpen = true;
  }

  /** The exchange offers no further request. */
  void stopOffering() {
    exchange.say("stop");
  }

  private interface Work {
    void run() throws InterruptedException, IOException;
  }

  private void watch(String name, long everyMillis, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopped) {
                  work.run();
                  Thread.sleep(everyMillis);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (IOException | RuntimeException e) {
                failure = e;
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    watches.add(thread);
  }

  private void keepUp() {
    for (Component component : components()) {
      int before = component.deaths();
      boolean started = (component != exchange || exchangeOpen) && component.keepUp();
      if (component.deaths() > before) {
        told.accept(component.name() + " died of itself");
      }
      if (started) {
        told.accept(component.name() + " started");
      }
    }
  }

  private List<Component> components() {
    List<Component> all = new ArrayList<>(List.of(broker, jobManager, exchange));
    all.addAll(taskManagers);
    return all;
  }

  /** Lets one thing go wrong, or begins to. */
  void strike(Outage outage) throws InterruptedException {
    switch (outage.kind().deed()) {
      case KILL -> {
        for (Component victim : victims(outage)) {
          victim.kill(outage.lengthMillis());
        }
      }
      case LOSE_STATE -> {
        jobManager.kill(outage.lengthMillis());
        jobs.forget();
      }
      case PAUSE -> victims(outage).forEach(victim -> victim.pause(outage.lengthMillis()));
      case RESTART -> victims(outage).forEach(victim -> victim.stop(outage.lengthMillis()));
      case RESCALE -> operate(outage.kind().part(), other(outage));
      case UPGRADE -> operate(outage.kind().part(), 0);
    }
  }

  private List<Component> victims(Outage outage) {
    return switch (outage.kind().part()) {
      case BROKER -> List.of(broker);
      case JOB_MANAGER -> List.of(jobManager);
      case EXCHANGE -> List.of(exchange);
      case EVERYTHING -> components();
      case TASK_MANAGER -> List.of(taskManagers.get(outage.target() % taskManagers.size()));
      case BIDDING, PACING -> List.of();
    };
  }

  /** A parallelism between fewest and most, other than the present. */
  private int other(Outage outage) {
    int present = jobs.parallelism(outage.kind().part());
    int step = 1 + outage.target() % (MOST - FEWEST);
    return FEWEST + (present - FEWEST + step) % (MOST - FEWEST + 1);
  }

  private void operate(Part part, int parallelism) {
    underWay.incrementAndGet();
    operators.execute(
        () -> {
          try {
            boolean done = false;
            for (int i = 0; i < ATTEMPTS && !done && !stopped; i++) {
              done = jobs.upgrade(part, parallelism);
            }
            undone.addAndGet(done ? 0 : 1);
            told.accept(
                (done ? "stopped and started again: " : "could not be stopped: ")
                    + part
                    + ", parallelism "
                    + jobs.parallelism(part));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException | RuntimeException e) {
            failure = e;
          } finally {
            underWay.decrementAndGet();
          }
        });
  }

  /**
   * Whether every process is up and every task runs.
   *
   * @throws IllegalStateException if the machinery itself has failed
   */
  boolean isWhole() throws InterruptedException {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("the supervisor failed: " + cause, cause);
    }
    for (Component component : components()) {
      if ((component != exchange || exchangeOpen) && !component.isUp()) {
        return false;
      }
    }
    return underWay.get() == 0 && jobs.areRunning();
  }

  /** How often processes ended although nobody had killed them. */
  int deaths() {
    return components().stream().mapToInt(Component::deaths).sum();
  }

  /** How often processes were started. */
  int starts() {
    return components().stream().mapToInt(Component::starts).sum();
  }

  /** How often jobs were submitted again because the cluster had lost them. */
  int resubmissions() {
    return jobs.resubmissions();
  }

  /** Changes of jobs that could not be made, since they came in the midst of a failure. */
  int undone() {
    return undone.get();
  }

  /** Kills everything. */
  @Override
  public void close() {
    stopped = true;
    components().forEach(Component::end);
    watches.forEach(Thread::interrupt);
    operators.shutdownNow();
    try {
      if (!operators.awaitTermination(1, TimeUnit.SECONDS)) {
        told.accept("an operation on a job was left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobs.close();
  }
}
