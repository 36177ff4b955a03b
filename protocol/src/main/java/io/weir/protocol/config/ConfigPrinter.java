package io.weir.protocol.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a configuration tree as block YAML. Text stands without quotes only where it cannot be
 * read as anything but itself (words, paths, URLs, IPv4 addresses, sizes and durations), and on one
 * line always: library writers put text of several lines in blocks, which do not keep every line
 * break.
 */
final class ConfigPrinter {
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z/]([A-Za-z0-9._/:-]*[A-Za-z0-9._/-])?"
              + "|[0-9]+(\\.[0-9]+){3}(:[0-9]+)?"
              + "|[0-9]+[A-Za-z]+");
  private static final Pattern RESERVED =
      Pattern.compile("null|true|false|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

  private final StringBuilder out = new StringBuilder();

  /** The tree as YAML that reads back to an equal tree. */
  static String print(ObjectNode tree) {
    ConfigPrinter printer = new ConfigPrinter();
    printer.section("", tree);
    return printer.out.toString();
  }

  private void section(String indent, ObjectNode section) {
    for (Map.Entry<String, JsonNode> field : section.properties()) {
      out.append(indent).append(field.getKey()).append(':');
      JsonNode value = field.getValue();
      if (value instanceof ObjectNode inner && !inner.isEmpty()) {
        out.append('\n');
        section(indent + "  ", inner);
      } else if (value.isArray() && !value.isEmpty()) {
        out.append('\n');
        value.forEach(element -> element(indent, element));
      } else {
        scalar(" ", value);
      }
    }
  }

  /** A section in a list leaves out what is null: there is no default that it would hide. */
  private void element(String indent, JsonNode element) {
    if (!(element instanceof ObjectNode section) || section.removeNulls().isEmpty()) {
      scalar(indent + "  - ", element);
      return;
    }
    String lead = indent + "  - ";
    for (Map.Entry<String, JsonNode> field : section.properties()) {
      scalar(lead + field.getKey() + ": ", field.getValue());
      lead = indent + "    ";
    }
  }

  /** An empty section or list writes itself. */
  private void scalar(String lead, JsonNode value) {
    String text = value.isTextual() ? text(value.textValue()) : value.toString();
    out.append(lead).append(text).append('\n');
  }

  private static String text(String text) {
    if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if ((c >= ' ' && c <= '~') || Character.isLetterOrDigit(c)) {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
