package io.weir.protocol.config;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One walk along a YAML file's tokens that puts its values over a tree of defaults and remembers
 * the line of every key. The default at a key decides what may stand there: a section, a list, or a
 * scalar of the same kind; where the default is null, null or any scalar. A list's elements are
 * scalars, or sections where the list is of records.
 */
final class ConfigOverlay {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String file;
  private final YAMLParser parser;
  private final ListSections listSections;
  private final Map<String, Integer> lines = new HashMap<>();

  /** Borrows the parser, which stands before its first token. */
  ConfigOverlay(String file, YAMLParser parser, ListSections listSections) {
    this.file = file;
    this.parser = parser;
    this.listSections = listSections;
  }

  /** Overlays the whole document. */
  void apply(ObjectNode defaults) throws IOException, ConfigException {
    JsonToken first = parser.nextToken();
    if (first == null || isNull()) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw fault("", "a file is a mapping of keys to values");
    }
    section("", defaults);
    if (parser.nextToken() != null) {
      throw fault("", "a file is one YAML document, not several");
    }
  }

  /** Whether a dotted path stands in the file. */
  boolean has(String path) {
    return lines.containsKey(path);
  }

  /** {@code file:line} of a dotted path, or {@code file} where it does not stand in the file. */
  String locate(String path) {
    Integer line = lines.get(path);
    return line == null ? file : file + ":" + line;
  }

  /** The keys that stand in the file. */
  private Set<String> section(String path, ObjectNode target) throws IOException, ConfigException {
    Map<String, Integer> seen = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      int line = line();
      JsonNode known = target.get(key);
      if (known == null) {
        throw fault("", "unknown key '" + key + "'" + inside(path) + suggestion(key, target));
      }
      Integer before = seen.put(key, line);
      if (before != null) {
        throw fault("", "duplicate key '" + key + "'" + inside(path) + ", first on line " + before);
      }
      String child = path.isEmpty() ? key : path + "." + key;
      lines.put(child, line);
      parser.nextToken();
      target.set(key, value(child, known));
    }
    return seen.keySet();
  }

  private JsonNode value(String path, JsonNode known) throws IOException, ConfigException {
    refuseAlias(path);
    if (isNull()) {
      if (known.isNull()) {
        return known;
      }
      throw fault(path, "has no value; leave the key out to keep its default");
    }
    if (known instanceof ObjectNode target) {
      require(parser.hasToken(JsonToken.START_OBJECT), path, "a section with keys of its own");
      section(path, target);
      return target;
    }
    if (known.isArray()) {
      require(parser.hasToken(JsonToken.START_ARRAY), path, "a list");
      return list(path);
    }
    require(parser.currentToken().isScalarValue(), path, kind(known));
    JsonNode scalar = scalar(known.getNodeType());
    require(known.isNull() || sameKind(known, scalar), path, kind(known));
    return scalar;
  }

  private ArrayNode list(String path) throws IOException, ConfigException {
    ArrayNode elements = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String child = path + "[" + elements.size() + "]";
      lines.put(child, line());
      refuseAlias(child);
      if (isNull()) {
        throw fault(child, "has no value");
      }
      elements.add(element(child, listSections.at(path)));
    }
    return elements;
  }

  private JsonNode element(String path, Optional<ObjectNode> shape)
      throws IOException, ConfigException {
    if (shape.isPresent()) {
      ObjectNode section = shape.get();
      require(parser.hasToken(JsonToken.START_OBJECT), path, "a section with keys of its own");
      Set<String> given = section(path, section);
      section
          .properties()
          .removeIf(key -> key.getValue().isTextual() && !given.contains(key.getKey()));
      return section;
    }
    require(parser.currentToken().isScalarValue(), path, "a single value");
    return scalar(JsonNodeType.MISSING);
  }

  /** Text as it is written where text is known to belong, so that {@code 1.10} stays itself. */
  private JsonNode scalar(JsonNodeType wanted) throws IOException {
    if (wanted == JsonNodeType.STRING) {
      return NODES.textNode(parser.getText());
    }
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      default -> NODES.textNode(parser.getText());
    };
  }

  private static boolean sameKind(JsonNode known, JsonNode given) {
    return known.isIntegralNumber()
        ? given.isIntegralNumber()
        : known.getNodeType() == given.getNodeType();
  }

  private static String kind(JsonNode known) {
    return switch (known.getNodeType()) {
      case BOOLEAN -> "true or false";
      case NUMBER -> known.isIntegralNumber() ? "a whole number" : "a number";
      default -> "a single value";
    };
  }

  private boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  private void refuseAlias(String path) throws ConfigException {
    if (parser.isCurrentAlias()) {
      throw fault(path, "is a YAML alias; write the value out");
    }
  }

  private void require(boolean holds, String path, String expected)
      throws IOException, ConfigException {
    if (!holds) {
      String given = parser.currentToken().isScalarValue() ? "'" + parser.getText() + "'" : shape();
      throw fault(path, "expected " + expected + ", not " + given);
    }
  }

  private String shape() {
    return parser.hasToken(JsonToken.START_OBJECT) ? "a section" : "a list";
  }

  private ConfigException fault(String path, String message) {
    return new ConfigException(
        file + ":" + line() + ": " + (path.isEmpty() ? "" : path + ": ") + message);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String inside(String path) {
    return path.isEmpty() ? "" : " in " + path;
  }

  private static String suggestion(String key, ObjectNode section) {
    List<String> known = new ArrayList<>();
    section.fieldNames().forEachRemaining(known::add);
    return NearestKey.to(key, known)
        .map(nearest -> "; did you mean '" + nearest + "'?")
        .orElse("; known are " + String.join(", ", known));
  }
}
