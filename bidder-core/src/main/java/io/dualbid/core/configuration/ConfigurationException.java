package io.dualbid.core.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** A file that can't be used, with everything that is wrong with it. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** All problems of one file or several, in the order of the text. */
  public ConfigurationException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, at least one problem. */
  public List<Problem> problems() {
    return problems;
  }
}
