package io.weir.control.api;

/**
 * One operation of the API.
 *
 * @param method GET answers HEAD too
 * @param template its path
 * @param caller who may call it
 * @param maxBodyBytes longest body that is received
 * @param endpoint what answers it
 */
record Route(
    String method, PathTemplate template, Caller caller, int maxBodyBytes, Endpoint endpoint) {
  /** Longest body where a route does not say otherwise. */
  static final int MAX_BODY_BYTES = 64 << 10;

  static Route of(String method, String template, Caller caller, Endpoint endpoint) {
    return new Route(method, new PathTemplate(template), caller, MAX_BODY_BYTES, endpoint);
  }

  Route withBodyOf(int bytes) {
    return new Route(method, template, caller, bytes, endpoint);
  }

  boolean answers(String requestMethod) {
    return method.equals(requestMethod) || (method.equals("GET") && requestMethod.equals("HEAD"));
  }
}
