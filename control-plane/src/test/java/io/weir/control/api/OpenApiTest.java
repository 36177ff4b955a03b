package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.weir.control.view.ContentView;
import io.weir.control.view.NodeView;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.NodeEndpoints;
import io.weir.protocol.control.NodeRegistration;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.control.Problem;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenApiTest {
  private static JsonNode description;

  @Test
  void descriptionAndRoutesAreTheSame() throws Exception {
    assertEquals(described(), routed());
  }

  static Stream<Arguments> schemas() {
    return Stream.of(
        Arguments.of("Problem", Problem.class),
        Arguments.of("Publish", PublishRequest.class),
        Arguments.of("OriginLocation", OriginLocation.class),
        Arguments.of("Content", ContentView.class),
        Arguments.of("NextVersion", ContentView.NextView.class),
        Arguments.of("Progress", ContentView.Progress.class),
        Arguments.of("Replica", ContentView.ReplicaView.class),
        Arguments.of("Node", NodeView.class),
        Arguments.of("Endpoints", NodeEndpoints.class),
        Arguments.of("Registration", NodeRegistration.class),
        Arguments.of("Heartbeat", Heartbeat.class),
        Arguments.of("Holding", Heartbeat.Holding.class),
        Arguments.of("Assignment", Assignment.class),
        Arguments.of("AssignedContent", Assignment.AssignedContent.class));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void schemaHasTheFieldsOfItsRecord(String schema, Class<? extends Record> type) throws Exception {
    JsonNode described = description.at("/components/schemas/" + schema);
    Set<String> fields =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toSet());
    Set<String> properties = new HashSet<>();
    described.path("properties").fieldNames().forEachRemaining(properties::add);
    assertEquals(fields, properties);
    described
        .path("required")
        .forEach(field -> assertTrue(fields.contains(field.asText()), field::asText));
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode property = described.path("properties").path(component.getName());
      assertEquals(jsonType(component.getType()), describedType(property), component::getName);
    }
  }

  @Test
  void everySchemaIsThatOfARecordAndEveryReferenceLeadsSomewhere() throws Exception {
    Set<String> known = schemas().map(a -> (String) a.get()[0]).collect(Collectors.toSet());
    known.addAll(Set.of("Name", "Next")); // of strings
    Set<String> there = new HashSet<>();
    description.at("/components/schemas").fieldNames().forEachRemaining(there::add);
    assertEquals(known, there);
    for (String reference : description.findValuesAsText("$ref")) {
      assertFalse(description.at(reference.substring(1)).isMissingNode(), reference);
    }
  }

  private static String jsonType(Class<?> type) {
    if (type == String.class) {
      return "string";
    } else if (type == boolean.class) {
      return "boolean";
    } else if (type == int.class
        || type == long.class
        || type == Integer.class
        || type == Long.class) {
      return "integer";
    }
    return type == List.class ? "array" : "object";
  }

  private static String describedType(JsonNode property) {
    JsonNode node = property;
    if (node.has("oneOf")) {
      node = node.path("oneOf").get(0);
    }
    if (node.has("$ref")) {
      node = description.at(node.path("$ref").asText().substring(1));
    }
    if (node.has("enum")) {
      return "string";
    }
    JsonNode type = node.path("type");
    return type.isArray() ? type.get(0).asText() : type.asText();
  }

  @BeforeAll
  static void read() throws Exception {
    try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
      description = new YAMLMapper().readTree(yaml);
    }
  }

  private static Set<String> described() {
    Set<String> operations = new HashSet<>();
    description
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /** The endpoints are never called, so they need nothing behind them. */
  private static Set<String> routed() {
    return Routes.of(
            Caller.ANYONE,
            new ContentResource(null, null, null, null),
            new NodeResource(null, null),
            new NodeAgentResource(null, null, null, null),
            new ServiceResource(null, null, "test"))
        .stream()
        .map(route -> route.method() + " " + route.template().text())
        .collect(Collectors.toSet());
  }
}
