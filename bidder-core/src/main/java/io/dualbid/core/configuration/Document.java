package io.dualbid.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A parsed file: its tree, where each part of it stands, and what is wrong with it so far. */
public final class Document {
  private static final Place START = new Place(1, 1);

  /** More than anyone reads; a file that has more is told of these. */
  private static final int MOST_PROBLEMS = 1_000;

  private final String file;
  private final Map<String, Place> keys = new HashMap<>();
  private final Map<String, Place> values = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final NavigableSet<String> told = new TreeSet<>();
  private JsonNode root = MissingNode.getInstance();

  /** Line and column, both from 1. */
  record Place(int line, int column) {}

  Document(String file) {
    this.file = file;
  }

  /**
   * Reads YAML; what is wrong with it is found in the document's problems.
   *
   * @param file its name, for messages
   */
  public static Document parse(String file, String text) {
    return YamlParser.parse(file, text);
  }

  /** A document without places of its own: all its problems are told at its start. */
  static Document of(String name, JsonNode root) {
    Document document = new Document(name);
    document.root = root;
    return document;
  }

  String file() {
    return file;
  }

  /** Its tree; a missing node where it is empty. */
  public JsonNode root() {
    return root;
  }

  void root(JsonNode node) {
    root = node;
  }

  void place(String pointer, Place key, Place value) {
    keys.put(pointer, key);
    values.put(pointer, value);
  }

  /** Where the key of this value stands. */
  Place key(String pointer) {
    return keys.getOrDefault(pointer, START);
  }

  /** Where this value begins. */
  Place value(String pointer) {
    return values.getOrDefault(pointer, START);
  }

  /** Adds a problem; a second one at the same value is left out, and so are those after many. */
  void problem(Place place, String pointer, String found, String accepted) {
    if (told.add(pointer) && problems.size() < MOST_PROBLEMS) {
      problems.add(new Problem(file, place.line(), place.column(), pointer, found, accepted));
    }
  }

  /** Whether there is a problem with this value or something within it. */
  boolean hasProblemWithin(String pointer) {
    String below = pointer + "/";
    String next = told.ceiling(below);
    return told.contains(pointer) || (next != null && next.startsWith(below));
  }

  /** What is wrong, in the order of the text. */
  public List<Problem> problems() {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
    return sorted;
  }

  /**
   * What was read of it.
   *
   * @param read null only where something is wrong
   * @throws ConfigurationException with everything that is wrong
   */
  public <T> T faultless(@Nullable T read) {
    requireFaultless();
    if (read == null) {
      throw new IllegalStateException("nothing was read, yet no problem: " + file);
    }
    return read;
  }

  /**
   * Refuses the document if anything is wrong with it.
   *
   * @throws ConfigurationException with all problems
   */
  public void requireFaultless() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems());
    }
  }
}
