package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** A demo that ends well says nothing but its results. */
class DemoEndingIT {
  /** Says that the end came while a checkpoint was under way: no news, and not shown as shipped. */
  private static final String CHECKPOINTS =
      "org.apache.flink.runtime.checkpoint.CheckpointFailureManager";

  /** Keeps what is logged with a stack trace. */
  private static final class Traces extends AbstractAppender {
    final List<String> kept = new CopyOnWriteArrayList<>();

    Traces() {
      super("traces", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getThrown() != null && !event.getLoggerName().equals(CHECKPOINTS)) {
        kept.add(
            event.getLevel()
                + " "
                + event.getLoggerName()
                + ": "
                + event.getMessage().getFormattedMessage()
                + ": "
                + event.getThrown());
      }
    }
  }

  @Test
  void logsNoStackTraceFromItsStartToItsEnd() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    LoggerConfig root = context.getConfiguration().getRootLogger();
    Level before = root.getLevel();
    Traces traces = new Traces();
    traces.start();
    root.addAppender(traces, Level.WARN, null);
    root.setLevel(Level.WARN);
    context.updateLoggers();
    try {
      Captured demo =
          Captured.run(
              "demo",
              "--duration",
              "3s",
              "--rate",
              "200",
              "--campaign-count",
              "4",
              "--no-console",
              "--json");
      assertThat(demo.status()).as(demo.out()).isZero();
    } finally {
      root.removeAppender(traces.getName());
      root.setLevel(before);
      context.updateLoggers();
      traces.stop();
    }
    assertThat(traces.kept).isEmpty();
  }
}
