package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/replay.md do what it says. */
class ReplayTutorialTest {
  private static final Path TUTORIAL = Path.of("..", "docs", "replay.md");
  private static final String COMMAND = "./dualbid ";

  @TempDir private Path folder = Path.of("");

  private static final List<String> WRITTEN = List.of("results", "curve", "tuned");

  @Test
  void runsItsCommands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String line : Files.readAllLines(TUTORIAL)) {
      int at = line.indexOf(COMMAND);
      // Some begin with settings of the environment; those in the text are not to be copied.
      if (at >= 0 && (at == 0 || line.startsWith("DUALBID_"))) {
        commands.add(line.substring(at + COMMAND.length()));
      }
    }
    assertThat(commands).hasSizeGreaterThanOrEqualTo(8);
    List<String> outputs = new ArrayList<>();
    for (String command : commands) {
      List<String> args =
          Arrays.stream(command.split(" ", -1))
              .map(
                  arg ->
                      arg.endsWith(".csv.gz") || WRITTEN.contains(arg)
                          ? folder.resolve(arg).toString()
                          : arg)
              .map(arg -> arg.startsWith("config/") ? Path.of("..", arg).toString() : arg)
              // As many as it takes to see something.
              .map(arg -> arg.equals("200000") || arg.equals("10000000") ? "20000" : arg)
              .toList();
      Captured run = Captured.run(args.toArray(String[]::new));
      assertThat(run.status()).as(command + run.err()).isZero();
      outputs.add(run.out());
    }
    List<String> table = outputs.get(1).lines().toList();
    assertThat(table).hasSize(1 + 6);
    assertThat(table.get(0)).contains("policy", "value", "ratio");
    assertThat(table.get(1)).startsWith("dmd ").contains(" 1/4 ");
    assertThat(outputs.get(2)).contains("1/16", "20000 auctions");
    assertThat(folder.resolve("results"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/timeseries.csv");
  }
}
