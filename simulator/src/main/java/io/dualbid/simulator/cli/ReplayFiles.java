package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.play.Summary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
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
  private final List<String> arguments;
  private final List<Path> inputs;

  /** Writes rows. */
  interface Rows {
    /** Writes all of them; may close what it writes to. */
    void write(Writer to) throws IOException;
  }

  /**
   * In a folder, which exists.
   *
   * @param arguments the command line, without the name of the program
   * @param inputs the files that the result depends on
   */
  ReplayFiles(Path folder, List<String> arguments, List<Path> inputs) {
    this.folder = folder;
    this.arguments = arguments;
    this.inputs = inputs;
  }

  /**
   * Writes all that every replay has.
   *
   * @param seed the first seed
   */
  void write(ObjectNode summary, long seed, String page, Rows timeseries) throws IOException {
    put("summary.json", Summary.text(summary) + "\n");
    put("run.json", Summary.text(run(seed)) + "\n");
    put("report.html", page);
    rows("timeseries.csv", timeseries);
  }

  /** Writes rows to a file of their own. */
  void rows(String name, Rows rows) throws IOException {
    try (BufferedWriter to = Files.newBufferedWriter(folder.resolve(name))) {
      rows.write(to);
    }
  }

  private void put(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** What it takes to have the same again. */
  private ObjectNode run(long seed) throws IOException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("schema", 1);
    json.put("command", "replay");
    json.put("command_line", command(arguments));
    ArrayNode list = json.putArray("arguments");
    arguments.forEach(list::add);
    json.put("seed", seed);
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
