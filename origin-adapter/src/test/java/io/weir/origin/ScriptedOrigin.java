package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A publisher's origin with one object, whose answers a test can replace. */
final class ScriptedOrigin implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

  final byte[] content;
  volatile String etag = "\"v1\"";
  volatile Function<Request, ResponseDefinitionBuilder> answer = this::wellBehaved;
  private final WireMockServer server;

  ScriptedOrigin(int lengthBytes) {
    content = new byte[lengthBytes];
    new Random(lengthBytes).nextBytes(content);
    server =
        new WireMockServer(
            WireMockConfiguration.options()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .containerThreads(24)
                .extensions(new Script()));
    server.start();
    server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("script")));
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + "/object";
  }

  /** HEAD, and GET with one range, as RFC 9110 has it. */
  ResponseDefinitionBuilder wellBehaved(Request request) {
    ResponseDefinitionBuilder response = aResponse().withHeader("ETag", etag);
    Matcher range = RANGE.matcher(String.valueOf(request.getHeader("Range")));
    if (request.getMethod().equals(RequestMethod.HEAD)) {
      return response.withHeader("Content-Length", Integer.toString(content.length));
    }
    String condition = request.getHeader("If-Match");
    if (condition != null && !condition.equals(etag)) {
      return response.withStatus(412);
    }
    return range.matches()
        ? partial(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)) + 1)
        : whole();
  }

  ResponseDefinitionBuilder partial(int first, int end) {
    return aResponse()
        .withStatus(206)
        .withHeader("ETag", etag)
        .withHeader("Content-Range", "bytes " + first + "-" + (end - 1) + "/" + content.length)
        .withBody(Arrays.copyOfRange(content, first, end));
  }

  ResponseDefinitionBuilder whole() {
    return aResponse().withHeader("ETag", etag).withBody(content);
  }

  /** Answers GETs by a script, HEADs well. */
  void onGet(Function<Request, ResponseDefinitionBuilder> script) {
    answer =
        request ->
            request.getMethod().equals(RequestMethod.GET)
                ? script.apply(request)
                : wellBehaved(request);
  }

  /** Every GET so far. */
  List<ServeEvent> gets() {
    return server.getAllServeEvents().stream()
        .filter(event -> event.getRequest().getMethod().equals(RequestMethod.GET))
        .toList();
  }

  int requests() {
    return server.getAllServeEvents().size();
  }

  void forgetRequests() {
    server.resetRequests();
  }

  @Override
  public void close() {
    server.stop();
  }

  private final class Script implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer.apply(event.getRequest()).build();
    }

    @Override
    public String getName() {
      return "script";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }
  }
}
