package io.dualbid.simulator.cli;

import io.dualbid.core.configuration.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * The command line. Exit status: 0 done; 1 the run failed; 2 the command line, a configuration or
 * an input file is wrong.
 */
@Command(
    name = "dualbid",
    description = "Online ad allocation and auto-bidding on Kafka and Flink.",
    mixinStandardHelpOptions = true,
    version = "dualbid 0.1.0",
    subcommands = {
      DemoCommand.class,
      StreamCommand.class,
      ExchangeCommand.class,
      ConsoleCommand.class,
      AuditCommand.class,
      JournalCommand.class,
      TopicsCommand.class,
      ApplyCommand.class,
      HistoryCommand.class,
      ValidateCommand.class,
      CasesCommand.class,
      ReplayCommand.class,
      HindsightCommand.class,
      ExplainCommand.class,
      DiffCommand.class,
      ReportCommand.class,
      TuneCommand.class,
      WhatIfCommand.class,
      SimulateCommand.class,
      ChaosCommand.class,
      GenerateLogCommand.class,
      GenerateAllocationsCommand.class,
      FitCommand.class,
      PlaceCommand.class,
    },
    footer = {"", "Example: dualbid demo --duration 20s", "More: dualbid COMMAND --help"})
public final class Main implements Runnable {
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandLine.Model.CommandSpec own = spec;
    if (own != null) {
      throw new CommandLine.ParameterException(own.commandLine(), "found no command");
    }
  }

  /** Runs a command and ends the process with its status. */
  public static void main(String[] args) {
    // picocli prints a stack trace for what no handler takes; ours tells users what they can mend.
    System.exit(execute(args));
  }

  /** Runs a command; for tests. */
  static int execute(String... args) {
    IExecutionExceptionHandler handler =
        (failure, commandLine, parsed) -> told(failure, System.err);
    return new CommandLine(new Main()).setExecutionExceptionHandler(handler).execute(args);
  }

  private static int told(Exception failure, PrintStream err) {
    if (failure instanceof ConfigurationException wrong) {
      err.println(wrong.getMessage());
      return WRONG_INPUT;
    }
    if (failure instanceof WrongInput wrong) {
      err.println(wrong.getMessage());
      return WRONG_INPUT;
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      err.println(failure.getMessage() + ": found no such file");
      return WRONG_INPUT;
    }
    err.println("dualbid: " + message(failure));
    if (Boolean.getBoolean("dualbid.trace")) {
      failure.printStackTrace(err);
    } else {
      err.println("(DUALBID_JAVA_OPTS=-Ddualbid.trace=true shows where)");
    }
    return FAILED;
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
