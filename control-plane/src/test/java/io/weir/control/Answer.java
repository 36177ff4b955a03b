package io.weir.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.control.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** An answer of the API as tests look at it. */
record Answer(HttpResponse<byte[]> response) {
  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  byte[] bytes() {
    return response.body();
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  JsonNode json() throws IOException {
    return Json.MAPPER.readTree(response.body());
  }
}
