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
    return new ApiRequest(Map.of(), Map.of(), "http://c", "application/json", null, body);
  }

  static ApiRequest query(Map<String, String> query) {
    return new ApiRequest(Map.of(), query, "http://c", null, null, new byte[0]);
  }
}
