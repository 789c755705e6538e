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

/** The commands of docs/placement.md do what it says. */
class PlacementTutorialTest {
  private static final Path TUTORIAL = Path.of("..", "docs", "placement.md");
  private static final String COMMAND = "./dualbid ";
  private static final List<String> WRITTEN =
      List.of("mountains.html", "clicks.jsonl.gz", "weights.yaml");

  @TempDir private Path folder = Path.of("");

  @Test
  void runsItsCommands() throws IOException {
    List<String> commands =
        Files.readAllLines(TUTORIAL).stream()
            .filter(line -> line.startsWith(COMMAND))
            .map(line -> line.substring(COMMAND.length()))
            .toList();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
    List<String> outputs = new ArrayList<>();
    for (String command : commands) {
      String[] args =
          Arrays.stream(command.split(" ", -1))
              .map(arg -> WRITTEN.contains(arg) ? folder.resolve(arg).toString() : arg)
              .map(arg -> arg.startsWith("config/") ? Path.of("..", arg).toString() : arg)
              .toArray(String[]::new);
      Captured run = Captured.run(args);
      assertThat(run.status()).as(command + run.err()).isZero();
      outputs.add(run.out());
    }
    String tutorial = Files.readString(TUTORIAL);
    assertThat(String.join("\n", outputs)).contains("Pays 1.895 per click", "Pays 3.600 per click");
    assertThat(tutorial).contains("Pays 1.895 per click", "Pays 3.600 per click");
    assertThat(folder.resolve("mountains.html")).isNotEmptyFile();
    // What it shows of the fit is what the command prints.
    assertThat(tutorial).contains(outputs.get(outputs.size() - 2).strip());
  }
}
