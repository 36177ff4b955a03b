package io.weir.edge.control;

import io.weir.protocol.control.Assignment;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.Heartbeat;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.NodeRegistration;
import io.weir.protocol.process.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The control plane's node API, as seen by one node. Every call blocks until answered, at most for
 * its timeout, and throws {@link IOException} that says what was answered. Any thread.
 */
final class ControlPlaneClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  /** A fleet's whole assignment, some 300 bytes a content. */
  private static final int MAX_ASSIGNMENT_BYTES = 64 << 20;

  private static final int MAX_METAINFO_BYTES = 16 << 20;
  private static final int MAX_RECEIPT_BYTES = 64 << 10;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final String nodeUrl;
  private final BearerToken credential;

  ControlPlaneClient(String controlPlaneUrl, String nodeId, BearerToken credential) {
    this.nodeUrl = controlPlaneUrl.replaceAll("/+$", "") + "/v1/nodes/" + nodeId;
    this.credential = credential;
  }

  void register(NodeRegistration registration) throws IOException, InterruptedException {
    HttpRequest request =
        request("")
            .PUT(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(registration)))
            .build();
    send(request, MAX_RECEIPT_BYTES, ANSWER_TIMEOUT);
  }

  void heartbeat(Heartbeat heartbeat) throws IOException, InterruptedException {
    HttpRequest request =
        request("/heartbeat")
            .POST(BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(heartbeat)))
            .build();
    send(request, MAX_RECEIPT_BYTES, ANSWER_TIMEOUT);
  }

  /**
   * Waits for an assignment of another version; null where there is none after the wait.
   *
   * @throws NotRegisteredException if this node has to register first
   */
  @Nullable Assignment assignment(long after, Duration wait)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        send(
            request("/assignment?after=" + after + "&wait=" + wait.toSeconds()).GET().build(),
            MAX_ASSIGNMENT_BYTES,
            wait.plus(ANSWER_TIMEOUT));
    if (response.statusCode() != 200) {
      return null;
    }
    Assignment assignment = Json.MAPPER.readValue(response.body(), Assignment.class);
    return assignment.version() == after ? null : assignment;
  }

  /** A content's .torrent. */
  byte[] metainfo(ContentVersion content) throws IOException, InterruptedException {
    return send(
            request("/metainfo/" + content.contentId() + '/' + content.version()).GET().build(),
            MAX_METAINFO_BYTES,
            ANSWER_TIMEOUT)
        .body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(nodeUrl + path))
        .header("Authorization", credential.toHeader())
        .header("Content-Type", "application/json");
  }

  private HttpResponse<byte[]> send(HttpRequest request, int maxBytes, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(maxBytes));
    HttpResponse<byte[]> response;
    try {
      response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("control plane cannot be reached: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("control plane did not answer in " + timeout.toSeconds() + " s", e);
    } finally {
      answer.cancel(true);
    }
    int status = response.statusCode();
    if (status == 404 && !request.uri().getPath().contains("/metainfo/")) {
      throw new NotRegisteredException();
    }
    if (status / 100 != 2 && status != 304) {
      throw new IOException(
          "control plane answered " + status + " to " + request.method() + ' ' + request.uri());
    }
    return response;
  }
}
