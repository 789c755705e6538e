package io.dualbid.simulator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A section of a document, as its steps: files to save and commands to copy, in their order. */
final class Tutorial {
  private static final Pattern NAMED = Pattern.compile("`(day/[a-z/]+\\.yaml)`");
  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");
  private static final String COMMAND = "./dualbid ";

  /**
   * One thing to do.
   *
   * @param file what to save; empty for a command
   * @param text what to save in it
   * @param command what to run, without the program's name; empty for a file
   */
  record Step(String file, String text, List<String> command) {
    Step {
      command = List.copyOf(command);
    }
  }

  private Tutorial() {}

  /** The steps of a section, which ends at the next heading. */
  static List<Step> steps(Path document, String heading) throws IOException {
    List<Step> steps = new ArrayList<>();
    String named = "";
    boolean within = false;
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("## ")) {
        within = line.equals("## " + heading);
      } else if (within && line.startsWith("```")) {
        StringBuilder block = new StringBuilder();
        for (i++; !lines.get(i).equals("```"); i++) {
          if (line.equals("```yaml")) {
            block.append(lines.get(i)).append('\n');
          } else if (lines.get(i).startsWith(COMMAND)) {
            steps.add(new Step("", "", arguments(lines.get(i))));
          }
        }
        if (line.equals("```yaml")) {
          steps.add(new Step(named, block.toString(), List.of()));
        }
      } else if (within) {
        Matcher matcher = NAMED.matcher(line);
        while (matcher.find()) {
          named = matcher.group(1);
        }
      }
    }
    return steps;
  }

  private static List<String> arguments(String line) {
    List<String> arguments = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(line.substring(COMMAND.length()));
    while (matcher.find()) {
      String quoted = matcher.group(1);
      arguments.add(quoted == null ? matcher.group(2) : quoted);
    }
    return arguments;
  }
}
