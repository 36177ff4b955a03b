package io.weir.control.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables, {@code /v1/contents/{id}}: each stands for exactly one non-empty segment.
 *
 * @param text as in the API's description
 */
record PathTemplate(String text) {
  /** The variables' values, if the path follows the template. */
  Optional<Map<String, String>> match(String path) {
    String[] wanted = text.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{") && !given[i].isEmpty()) {
        variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(variables));
  }
}
