package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.cases.CaseResult;
import io.dualbid.simulator.cases.CaseResult.Status;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the core against golden cases. */
@Command(
    name = "cases",
    description = {
      "Runs every golden case below a folder against the core and tells pass, fail with the first"
          + " difference, or unknown form. Exit status 1 unless all pass.",
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: dualbid cases simulator/src/test/resources/cases --json"})
final class CasesCommand implements Callable<Integer> {
  @Parameters(arity = "1", paramLabel = "DIR", description = "A folder of case files (.json).")
  private @Nullable Path folder;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Path cases = folder;
    if (cases == null || !Files.isDirectory(cases)) {
      throw new WrongInput(cases + ": found no such folder; accepted: a folder of case files");
    }
    List<CaseResult> results = CaseResult.ofFolder(cases);
    if (results.isEmpty()) {
      throw new WrongInput(cases + ": found no case; accepted: a folder with files *.json");
    }
    if (json) {
      System.out.println(Summary.text(document(results)));
    } else {
      print(results);
    }
    return count(results, Status.PASSED) == results.size() ? 0 : Main.FAILED;
  }

  private static long count(List<CaseResult> results, Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }

  private static ObjectNode document(List<CaseResult> results) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "cases");
    document.put("passed", count(results, Status.PASSED));
    document.put("failed", count(results, Status.FAILED));
    document.put("unknown", count(results, Status.UNKNOWN));
    ArrayNode told = document.putArray("cases");
    for (CaseResult result : results) {
      told.addObject()
          .put("name", result.name())
          .put("form", result.form())
          .put("status", result.status().label())
          .put("detail", result.detail());
    }
    return document;
  }

  private static void print(List<CaseResult> results) {
    for (CaseResult result : results) {
      System.out.println(
          result.status().label()
              + "  "
              + result.name()
              + (result.detail().isEmpty() ? "" : ": " + result.detail()));
    }
    System.out.println(
        count(results, Status.PASSED)
            + " passed, "
            + count(results, Status.FAILED)
            + " failed, "
            + count(results, Status.UNKNOWN)
            + " of unknown form");
  }
}
