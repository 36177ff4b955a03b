package io.weir.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  @Test
  void descriptionAndRoutesAreTheSame() throws Exception {
    assertEquals(described(), routed());
  }

  private static Set<String> described() throws Exception {
    Set<String> operations = new HashSet<>();
    try (InputStream yaml = OpenApiTest.class.getResourceAsStream("/openapi.yaml")) {
      JsonNode paths = new YAMLMapper().readTree(yaml).path("paths");
      paths
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
    }
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
