package io.weir.protocol.config;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which lists of a configuration record are lists of records, and what keys those have: an empty
 * list of defaults does not tell.
 */
final class ListSections {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final SerializationConfig naming;
  private final Map<String, ObjectNode> shapes = new HashMap<>();

  /** Of this record and those nested in it. */
  ListSections(SerializationConfig naming, Class<? extends Record> root) {
    this.naming = naming;
    collect("", naming.constructType(root));
  }

  /** A fresh section with every key of the records in the list at this path, if there are any. */
  Optional<ObjectNode> at(String path) {
    return Optional.ofNullable(shapes.get(path)).map(ObjectNode::deepCopy);
  }

  private void collect(String path, JavaType section) {
    for (BeanPropertyDefinition key : naming.introspect(section).findProperties()) {
      JavaType type = key.getPrimaryType();
      String child = path.isEmpty() ? key.getName() : path + "." + key.getName();
      if (isRecord(type)) {
        collect(child, type);
      } else if (type.isCollectionLikeType() && isRecord(type.getContentType())) {
        shapes.put(child, shape(type.getContentType()));
      }
    }
  }

  private ObjectNode shape(JavaType section) {
    ObjectNode shape = NODES.objectNode();
    for (BeanPropertyDefinition key : naming.introspect(section).findProperties()) {
      shape.set(key.getName(), kind(key.getPrimaryType().getRawClass()));
    }
    return shape;
  }

  private static JsonNode kind(Class<?> type) {
    if (type == boolean.class) {
      return NODES.booleanNode(false);
    } else if (type == double.class) {
      return NODES.numberNode(0.0);
    }
    return type.isPrimitive() ? NODES.numberNode(0) : NODES.textNode("");
  }

  /** Sizes and addresses are records too, but stand in the file as text. */
  private static boolean isRecord(JavaType type) {
    return type.isRecordType()
        && !type.hasRawClass(DataSize.class)
        && !type.hasRawClass(ListenAddress.class);
  }
}
