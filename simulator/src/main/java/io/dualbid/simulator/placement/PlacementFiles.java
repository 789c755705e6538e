package io.dualbid.simulator.placement;

import io.dualbid.core.configuration.ConfigurationException;
import io.dualbid.core.configuration.Document;
import io.dualbid.core.configuration.Problem;
import java.nio.file.Path;
import java.util.List;

/** Files of position auctions among others: content, creatives, and instances. */
public final class PlacementFiles {
  private PlacementFiles() {}

  /** Whether a file is one of these, told by its top-level keys. */
  public static boolean recognises(Path file, String text) {
    Document document = Document.parse(file.toString(), text);
    return document.problems().isEmpty()
        && (isContent(document)
            || (document.root().has("positions") && document.root().has("advertisers")));
  }

  /** Everything that is wrong with such a file. */
  public static List<Problem> problems(Path file, String text) {
    try {
      if (isContent(Document.parse(file.toString(), text))) {
        ContentReader.read(file.toString(), text);
      } else {
        PlacementReader.read(file.toString(), text, null);
      }
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems();
    }
  }

  static boolean isContent(Document document) {
    return document.root().has("content") || document.root().has("creatives");
  }
}
