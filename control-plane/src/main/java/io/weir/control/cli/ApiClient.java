package io.weir.control.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import io.weir.control.view.ContentView;
import io.weir.control.view.NodeView;
import io.weir.control.view.Page;
import io.weir.control.view.PublishRequest;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operators' API as Java calls. Blocking; any thread. Every call throws {@link ApiException}
 * when the control plane is unreachable or refuses.
 */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
  private static final TypeReference<ContentView> CONTENT = new TypeReference<>() {};
  private static final TypeReference<NodeView> NODE = new TypeReference<>() {};
  private static final TypeReference<Page<ContentView>> CONTENTS = new TypeReference<>() {};
  private static final TypeReference<Page<NodeView>> NODES = new TypeReference<>() {};

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final String url;
  private final BearerToken token;

  /** A client of the control plane at this base URL. */
  public ApiClient(String url, BearerToken token) {
    this.url = url.replaceAll("/+$", "");
    this.token = token;
  }

  /** Registers a content; idempotent. */
  public ContentView publish(String id, PublishRequest request)
      throws ApiException, InterruptedException {
    return json("PUT", path(id), request, CONTENT);
  }

  /** One content. */
  public ContentView content(String id) throws ApiException, InterruptedException {
    return json("GET", path(id), null, CONTENT);
  }

  /** Has a content read from its origin again. */
  public ContentView purge(String id) throws ApiException, InterruptedException {
    return json("POST", path(id) + "/purge", null, CONTENT);
  }

  /** The content's .torrent. */
  public byte[] torrent(String id) throws ApiException, InterruptedException {
    return send("GET", path(id) + "/torrent", null);
  }

  /** All contents, however many pages they are. */
  public List<ContentView> contents() throws ApiException, InterruptedException {
    return all("/v1/contents", CONTENTS);
  }

  /** One node. */
  public NodeView node(String id) throws ApiException, InterruptedException {
    return json("GET", "/v1/nodes/" + encode(id), null, NODE);
  }

  /** All nodes, however many pages they are. */
  public List<NodeView> nodes() throws ApiException, InterruptedException {
    return all("/v1/nodes", NODES);
  }

  private <T> List<T> all(String path, TypeReference<Page<T>> type)
      throws ApiException, InterruptedException {
    List<T> items = new ArrayList<>();
    String cursor = "";
    while (true) {
      Page<T> page = json("GET", path + cursor, null, type);
      items.addAll(page.items());
      if (page.next() == null) {
        return items;
      }
      cursor = "?cursor=" + encode(page.next());
    }
  }

  private static String path(String id) {
    return "/v1/contents/" + encode(id);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private <T> T json(String method, String path, @Nullable Object body, TypeReference<T> type)
      throws ApiException, InterruptedException {
    byte[] answer = send(method, path, body);
    try {
      return Json.MAPPER.readValue(answer, type);
    } catch (IOException e) {
      throw new ApiException(url + " answers what a control plane does not: is it one?", e);
    }
  }

  private byte[] send(String method, String path, @Nullable Object body)
      throws ApiException, InterruptedException {
    try {
      BodyPublisher publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path))
              .method(method, publisher)
              .timeout(CALL_TIMEOUT)
              .header("Authorization", token.toHeader())
              .header("Content-Type", "application/json")
              .build();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() / 100 != 2) {
        throw new ApiException(refusal(response));
      }
      return response.body();
    } catch (IOException e) {
      throw new ApiException("the control plane at " + url + " is unreachable: " + reason(e), e);
    }
  }

  /** The JDK's own message for a connection that was refused is none at all. */
  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return e.getCause() instanceof UnresolvedAddressException
          ? "its name is not known"
          : "nobody accepts connections there";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String refusal(HttpResponse<byte[]> response) {
    try {
      Problem problem = Json.MAPPER.readValue(response.body(), Problem.class);
      if (problem.title() != null) {
        return "refused ("
            + response.statusCode()
            + " "
            + problem.title()
            + ")"
            + (problem.detail() == null ? "" : ": " + problem.detail());
      }
    } catch (IOException e) {
      // not a problem document: told below
    }
    return "refused with status " + response.statusCode();
  }
}
