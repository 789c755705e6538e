package io.dualbid.simulator.fit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.log.LogLines;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A click log: one answer a line, {@code {"shown": [{"position": 0, "cosine": 0.41}, ...],
 * "clicked": 0}}, where {@code clicked} is the position of the ad that was clicked, and is absent
 * or null where none was. Further fields are left alone. Gzipped where the name ends with {@code
 * .gz}.
 */
public final class ClickLog {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCEPTED =
      "; accepted: {\"shown\": [{\"position\": 0, \"cosine\": 0.41}, ...], \"clicked\": 0}";

  private ClickLog() {}

  /**
   * Reads a log whole.
   *
   * @throws IOException if the file can't be read
   * @throws IllegalArgumentException at the first line that is no answer; the message names it
   */
  public static List<Answer> read(Path file) throws IOException {
    List<Answer> answers = new ArrayList<>();
    LogLines.each(file, (number, line) -> answers.add(answer(file, number, line)));
    return answers;
  }

  private static Answer answer(Path file, long number, String line) {
    try {
      return answer(JSON.readTree(line));
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new IllegalArgumentException(
          file + ":" + number + ":" + column + ": found no JSON" + ACCEPTED, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ":" + number + ":1: found " + e.getMessage() + ACCEPTED, e);
    }
  }

  private static Answer answer(JsonNode node) {
    JsonNode shown = node.path("shown");
    if (!shown.isArray()) {
      throw new IllegalArgumentException("no list 'shown'");
    }
    double[] cosine = new double[shown.size()];
    int[] position = new int[shown.size()];
    for (int k = 0; k < cosine.length; k++) {
      JsonNode ad = shown.get(k);
      if (!ad.path("position").isInt() || !ad.path("cosine").isNumber()) {
        throw new IllegalArgumentException("no position and cosine in shown[" + k + "]");
      }
      position[k] = ad.path("position").asInt();
      cosine[k] = ad.path("cosine").asDouble();
    }
    return new Answer(cosine, position, clicked(node.path("clicked"), position));
  }

  private static int clicked(JsonNode clicked, int[] position) {
    if (clicked.isMissingNode() || clicked.isNull()) {
      return Answer.NONE;
    }
    for (int k = 0; k < position.length; k++) {
      if (clicked.isInt() && clicked.asInt() == position[k]) {
        return k;
      }
    }
    throw new IllegalArgumentException("a click at " + clicked + ", where no ad was shown");
  }

  /** Writes a log; one that is there is replaced. */
  public static void write(Path file, List<Answer> answers) throws IOException {
    OutputStream bytes = Files.newOutputStream(file);
    try (Writer text =
        new BufferedWriter(
            new OutputStreamWriter(
                file.toString().endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes,
                StandardCharsets.UTF_8))) {
      for (Answer answer : answers) {
        text.write(JSON.writeValueAsString(node(answer)));
        text.write('\n');
      }
    }
  }

  private static ObjectNode node(Answer answer) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode shown = node.putArray("shown");
    for (int k = 0; k < answer.ads(); k++) {
      shown.addObject().put("position", answer.position()[k]).put("cosine", answer.cosine()[k]);
    }
    if (answer.clicked() != Answer.NONE) {
      node.put("clicked", answer.position()[answer.clicked()]);
    }
    return node;
  }
}
