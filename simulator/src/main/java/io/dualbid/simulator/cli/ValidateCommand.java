package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Problem;
import io.dualbid.simulator.marketplace.MarketplaceReader;
import io.dualbid.simulator.matching.MatchingScenarioReader;
import io.dualbid.simulator.placement.PlacementFiles;
import io.dualbid.simulator.play.Summary;
import io.dualbid.simulator.tune.TuneReader;
import io.dualbid.stream.launch.TextFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks YAML. */
@Command(
    name = "validate",
    description =
        "Checks files of settings, campaigns, scenarios and tune spaces; tells every problem with its place.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid validate config/engine.yaml config/campaigns.yaml"})
final class ValidateCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "YAML files.")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "validate");
    ArrayNode told = document.putArray("files");
    boolean ok = true;
    for (Path file : files) {
      List<Problem> problems = problems(file);
      ok &= problems.isEmpty();
      add(told, file, problems);
      if (!json) {
        problems.forEach(System.err::println);
        System.out.println(file + ": " + (problems.isEmpty() ? "ok" : problems.size() + " wrong"));
      }
    }
    if (json) {
      System.out.println(Summary.text(document));
    }
    return ok ? 0 : Main.WRONG_INPUT;
  }

  private static List<Problem> problems(Path file) throws IOException {
    try {
      String text = TextFile.read(file);
      if (MarketplaceReader.recognises(file, text)) {
        return MarketplaceReader.problems(file, text);
      }
      if (PlacementFiles.recognises(file, text)) {
        return PlacementFiles.problems(file, text);
      }
      return MatchingScenarioReader.recognises(file, text)
          ? MatchingScenarioReader.problems(file, text)
          : TuneReader.problems(file, text, System::getenv);
    } catch (NoSuchFileException e) {
      return List.of(
          new Problem(file.toString(), 1, 1, "", "found no such file", "a file of YAML"));
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }

  private static void add(ArrayNode told, Path file, List<Problem> problems) {
    ObjectNode node = told.addObject();
    node.put("file", file.toString());
    node.put("ok", problems.isEmpty());
    ArrayNode list = node.putArray("problems");
    for (Problem problem : problems) {
      list.addObject()
          .put("line", problem.line())
          .put("column", problem.column())
          .put("path", problem.path())
          .put("found", problem.found())
          .put("accepted", problem.accepted());
    }
  }
}
