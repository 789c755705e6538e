package io.dualbid.simulator.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What became of one case.
 *
 * @param name the case, or the file where it can't be read
 * @param form its form; empty where the file can't be read
 * @param status whether it passed
 * @param detail the first difference, or why it could not be checked; empty where it passed
 */
public record CaseResult(String name, String form, Status status, String detail) {
  /** What can become of a case. */
  public enum Status {
    PASSED,
    FAILED,
    /** There is no check for its form. */
    UNKNOWN;

    /** The word for it in results. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Runs every case file below a folder, in the order of their paths.
   *
   * @throws IOException if the folder can't be read
   */
  public static List<CaseResult> ofFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> paths = Files.walk(folder)) {
      files = paths.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
    List<CaseResult> results = new ArrayList<>();
    for (Path file : files) {
      results.add(ofFile(file));
    }
    return results;
  }

  private static CaseResult ofFile(Path file) {
    GoldenCase golden;
    try {
      golden = GoldenCase.read(file);
    } catch (IOException e) {
      return new CaseResult(file.toString(), "", Status.FAILED, String.valueOf(e.getMessage()));
    }
    CaseCheck check = CaseForms.of(golden.form());
    if (check == null) {
      return new CaseResult(
          golden.name(),
          golden.form(),
          Status.UNKNOWN,
          "found the form '"
              + golden.form()
              + "'; accepted: "
              + String.join(", ", CaseForms.names()));
    }
    try {
      check.check(golden, new Comparison(golden));
      return new CaseResult(golden.name(), golden.form(), Status.PASSED, "");
    } catch (CaseMismatch e) {
      return new CaseResult(
          golden.name(), golden.form(), Status.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // A case with other fields than its form has is one failed case, not the end of the run.
      return new CaseResult(golden.name(), golden.form(), Status.FAILED, e.toString());
    }
  }
}
