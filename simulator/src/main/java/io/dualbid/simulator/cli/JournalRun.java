package io.dualbid.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dualbid.simulator.journal.Redecision;
import io.dualbid.simulator.play.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides a journal again and tells what came of it. */
final class JournalRun {
  private JournalRun() {}

  /**
   * Runs.
   *
   * @param source a file that was written by {@code dualbid journal}, or addresses of brokers
   * @param config settings of the engine where it is a cluster, or null for the defaults
   * @return the exit status: 0 only where everything came out the same
   */
  static int of(String source, @Nullable Path config, boolean json) throws IOException {
    Redecision.Result result = Redecision.of(JournalSource.read(source, config));
    if (json) {
      System.out.println(Summary.text(document(source, result)));
    } else {
      print(result);
    }
    return result.isSame() ? 0 : Main.FAILED;
  }

  private static ObjectNode document(String source, Redecision.Result result) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("schema", 1);
    document.put("command", "replay");
    document.put("journal", source);
    document.put("runs_of_subtasks", result.runs());
    document.put("answers", result.answers());
    document.put("bids", result.bids());
    document.put("differences", result.differences());
    document.put("missing", result.missing());
    document.put("put_aside", result.aside());
    document.put("lost", result.lost());
    document.put("untold", result.untold());
    document.put("same", result.isSame());
    ArrayNode first = document.putArray("first_differences");
    result.first().forEach(first::add);
    return document;
  }

  private static void print(Redecision.Result result) {
    System.out.printf(
        Locale.ROOT,
        "%d answers of %d runs of bidding subtasks decided again, with %d bids: %d differences%n",
        result.answers(),
        result.runs(),
        result.bids(),
        result.differences());
    if (result.aside() > 0) {
      System.out.printf(
          Locale.ROOT, "put aside unread under overload: %d requests%n", result.aside());
    }
    if (result.missing() + result.lost() + result.untold() > 0) {
      System.out.printf(
          Locale.ROOT,
          "not decided again: %d whose request or control records are gone, %d lost with a crash,"
              + " %d that don't tell their order%n",
          result.missing(),
          result.lost(),
          result.untold());
    }
    result.first().forEach(System.out::println);
  }
}
