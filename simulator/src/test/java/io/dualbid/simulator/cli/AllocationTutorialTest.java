package io.dualbid.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on allocation logs in docs/matching.md do what it says, number by number. */
class AllocationTutorialTest {
  private static final Path TUTORIAL = Path.of("..", "docs", "matching.md");
  private static final String COMMAND = "./dualbid ";

  @TempDir private Path folder = Path.of("");

  @Test
  void runsItsCommandsAndPrintsWhatItShows() throws IOException {
    String text = Files.readString(TUTORIAL);
    String tutorial = text.substring(0, text.indexOf("## Generated instances"));
    List<String> commands =
        tutorial
            .lines()
            .filter(line -> line.startsWith(COMMAND))
            .map(line -> line.substring(COMMAND.length()))
            .toList();
    assertThat(commands).hasSize(4);
    int shown = 0;
    for (String command : commands) {
      String[] args =
          Arrays.stream(command.split(" ", -1))
              .map(
                  arg ->
                      arg.equals("alloc.jsonl") || arg.equals("played")
                          ? folder.resolve(arg).toString()
                          : arg)
              .toArray(String[]::new);
      Captured run = Captured.run(args);
      assertThat(run.status()).as(command + run.err()).isZero();
      for (String line : run.out().lines().toList()) {
        // Speeds differ; everything else is a function of the seed.
        String steady = line.replaceAll(" +\\d+$", "");
        if (command.startsWith("replay") || command.startsWith("explain")) {
          assertThat(tutorial).contains(steady);
          shown++;
        }
      }
    }
    assertThat(shown).isGreaterThan(20);
    assertThat(folder.resolve("played"))
        .isDirectoryContaining("glob:**/report.html")
        .isDirectoryContaining("glob:**/campaigns.csv");
  }
}
