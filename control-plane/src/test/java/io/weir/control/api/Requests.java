package io.weir.control.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests as tests of endpoints need them. */
final class Requests {
  private Requests() {}

  static ApiRequest json(String body) {
    return json(body.getBytes(StandardCharsets.UTF_8));
  }

  static ApiRequest json(byte[] body) {
    return with(Map.of("Content-Type", "application/json"), body);
  }

  static ApiRequest with(Map<String, String> headers, byte[] body) {
    return new ApiRequest(Map.of(), Map.of(), "http://c", headers, body);
  }

  static ApiRequest query(Map<String, String> query) {
    return new ApiRequest(Map.of(), query, "http://c", Map.of(), new byte[0]);
  }
}
