package io.weir.control.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.control.catalogue.FileName;
import io.weir.control.catalogue.Origin;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /v1/contents/{id}}: {@code {"origin":{"url":"…"},"name":"…"}}.
 *
 * @param origin where the bytes are
 * @param name as given, else the last path segment of the origin's URL
 */
record PublishBody(Origin origin, FileName name) {
  static PublishBody of(ObjectNode body) throws RequestFault {
    requireKnown(body, "", List.of("origin", "name"));
    if (!(body.get("origin") instanceof ObjectNode originBody)) {
      throw RequestFault.at("origin", "must be an object with a url");
    }
    requireKnown(originBody, "origin.", List.of("url"));
    String url = text(originBody.get("url"), "origin.url");
    if (url == null) {
      throw RequestFault.at("origin.url", "is missing");
    }
    Origin origin = value("origin.url", url, Origin::parse);
    String name = text(body.get("name"), "name");
    return new PublishBody(
        origin,
        name == null
            ? value("name (from the origin's URL)", url, text -> FileName.ofUrl(origin.url()))
            : value("name", name, FileName::new));
  }

  private static void requireKnown(ObjectNode object, String prefix, List<String> known)
      throws RequestFault {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw RequestFault.at(prefix + name, "is not known here; known are " + known);
      }
    }
  }

  private static @Nullable String text(@Nullable JsonNode node, String field) throws RequestFault {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw RequestFault.at(field, "must be a string");
    }
    return node.textValue();
  }

  private static <T> T value(String field, String text, Function<String, T> type)
      throws RequestFault {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw RequestFault.at(field, String.valueOf(e.getMessage()));
    }
  }
}
