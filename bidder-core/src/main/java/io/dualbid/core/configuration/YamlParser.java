package io.dualbid.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads YAML into a tree of JSON, keeping where each value stands.
 *
 * <p>Plain values follow the core schema of YAML 1.2 (so that {@code no} and {@code 12:30} are
 * text), and numbers keep all their digits. Refused: keys given twice, keys that are not text, tags
 * of one's own, aliases that contain themselves, more than one document, more than {@value
 * #DEEPEST} levels, more than {@value #MOST_VALUES} values once aliases are written out.
 */
final class YamlParser {
  private static final int MOST_VALUES = 1_000_000;
  private static final int MOST_CHARACTERS = 64 * 1024 * 1024;
  static final int DEEPEST = 32;

  /**
   * Aliases multiply values, and each value is known by its path: keys of a thousand characters
   * within each other, a few times over, would fill any memory.
   */
  private static final long MOST_PATH_CHARACTERS = 64L * 1024 * 1024;

  private static final int LONGEST_NUMBER = 40;
  private static final String OWN_TAGS = "tag:yaml.org,2002:";
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,2})?");
  private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Document document;
  private final Deque<Node> within = new ArrayDeque<>();
  private int values;
  private long pathCharacters;

  /** Ends the reading where going on makes no sense. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private YamlParser(Document document) {
    this.document = document;
  }

  /** Reads a text; what is wrong with it is found in the document's problems. */
  static Document parse(String file, String text) {
    Document document = new Document(file);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    // What aliases may grow to is limited by the number of values below.
    options.setMaxAliasesForCollections(MOST_VALUES);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        document.problem(new Document.Place(1, 1), "", "found an empty file", "settings");
      } else {
        document.root(new YamlParser(document).convert(root, "", place(root.getStartMark())));
      }
    } catch (MarkedYAMLException e) {
      String context = e.getContext() == null ? "" : " " + e.getContext();
      document.problem(
          place(e.getProblemMark()), "", "found " + e.getProblem() + context, "valid YAML");
    } catch (ReaderException e) {
      // It tells the place as a number of characters.
      document.problem(
          place(text, e.getPosition()),
          "",
          "found " + String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip(),
          "characters that can be printed");
    } catch (YAMLException e) {
      document.problem(new Document.Place(1, 1), "", "found " + e.getMessage(), "valid YAML");
    } catch (Unreadable e) {
      return document;
    }
    return document;
  }

  private static Document.Place place(String text, int codePoints) {
    int end =
        text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    int line = 1;
    int begin = 0;
    for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
      line++;
      begin = at + 1;
    }
    return new Document.Place(line, end - begin + 1);
  }

  private static Document.Place place(@Nullable Mark mark) {
    return mark == null
        ? new Document.Place(1, 1)
        : new Document.Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private JsonNode convert(Node node, String pointer, Document.Place key) {
    Document.Place place = place(node.getStartMark());
    pathCharacters += pointer.length();
    if (++values > MOST_VALUES || pathCharacters > MOST_PATH_CHARACTERS) {
      document.problem(
          place,
          pointer,
          "found too many values, with aliases written out",
          "at most 1000000, of 64 million characters in all their paths");
      throw new Unreadable();
    }
    document.place(pointer, key, place);
    if (!node.getTag().getValue().startsWith(OWN_TAGS)) {
      document.problem(
          place, pointer, "found the tag " + node.getTag().getValue(), "values without tags");
      return NODES.nullNode();
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (within.contains(node)) {
      document.problem(
          place, pointer, "found an alias within what it stands for", "aliases of other values");
      throw new Unreadable();
    }
    within.push(node);
    JsonNode converted =
        node instanceof MappingNode mapping
            ? mapping(mapping, pointer)
            : sequence((SequenceNode) node, pointer);
    within.pop();
    return converted;
  }

  private ObjectNode mapping(MappingNode node, String pointer) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple tuple : node.getValue()) {
      Document.Place key = place(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        document.problem(key, pointer, "found a key that is no text", "keys that are text");
        continue;
      }
      String path = pointer + "/" + escaped(name.getValue());
      if (object.has(name.getValue())) {
        document.problem(
            key, path, "found the key '" + name.getValue() + "' again", "each key once");
        continue;
      }
      JsonNode value = convert(tuple.getValueNode(), path, key);
      // A key without a value, as where all its settings are commented out, is as good as absent.
      if (!value.isNull()) {
        object.set(name.getValue(), value);
      }
    }
    return object;
  }

  private ArrayNode sequence(SequenceNode node, String pointer) {
    ArrayNode array = NODES.arrayNode();
    for (Node item : node.getValue()) {
      array.add(convert(item, pointer + "/" + array.size(), place(item.getStartMark())));
    }
    return array;
  }

  private static JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    if (node.getScalarStyle() != ScalarStyle.PLAIN || text.length() > LONGEST_NUMBER) {
      return NODES.textNode(text);
    }
    if (NULL.matcher(text).matches()) {
      return NODES.nullNode();
    }
    if (TRUE.matcher(text).matches()) {
      return NODES.booleanNode(true);
    }
    if (FALSE.matcher(text).matches()) {
      return NODES.booleanNode(false);
    }
    if (INTEGER.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      return number.bitLength() < Long.SIZE
          ? NODES.numberNode(number.longValue())
          : NODES.numberNode(number);
    }
    return DECIMAL.matcher(text).matches()
        ? NODES.numberNode(new BigDecimal(text))
        : NODES.textNode(text);
  }

  /** A key as a part of a JSON pointer (RFC 6901). */
  static String escaped(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
