package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.play.Summary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The files of a replay's result. */
final class ReplayFiles {
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  /** In a folder, which exists. */
  ReplayFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes all of them.
   *
   * @param arguments the command line, without the name of the program
   * @param inputs the files that the result depends on
   */
  void write(ReplayResult result, String title, List<String> arguments, List<Path> inputs)
      throws IOException {
    put("summary.json", Summary.text(result.json()) + "\n");
    put("run.json", Summary.text(run(result, arguments, inputs)) + "\n");
    put("report.html", new ReplayReport(result, title, command(arguments)).html());
    try (BufferedWriter to = Files.newBufferedWriter(folder.resolve("timeseries.csv"))) {
      TimeSeries.write(result.runs(), to);
    }
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** What it takes to have the same again. */
  private static ObjectNode run(ReplayResult result, List<String> arguments, List<Path> inputs)
      throws IOException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "replay");
    json.put("command_line", command(arguments));
    ArrayNode list = json.putArray("arguments");
    arguments.forEach(list::add);
    json.put("seed", result.deliveries().seed());
    ArrayNode files = json.putArray("inputs");
    for (Path input : inputs) {
      ObjectNode file = files.addObject();
      file.put("file", input.toString());
      file.put("bytes", Files.size(input));
      file.put("sha256", sha256(input));
    }
    return json;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A command line as a shell reads it. */
  static String command(List<String> arguments) {
    return "./dualbid "
        + arguments.stream().map(ReplayFiles::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    boolean plain = argument.matches("[A-Za-z0-9_@%+=:,./-]+");
    return plain ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }
}
