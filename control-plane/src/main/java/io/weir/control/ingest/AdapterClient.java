package io.weir.control.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.weir.control.ingest.AdapterAnswer.Given;
import io.weir.control.ingest.AdapterAnswer.Refused;
import io.weir.control.ingest.AdapterAnswer.Unavailable;
import io.weir.control.ingest.AdapterAnswer.Unknown;
import io.weir.protocol.control.BearerToken;
import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.IngestRequest;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import io.weir.protocol.process.BoundedBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks to origin adapters, whose URLs the operator configured. Blocking; for the reconciler's
 * thread alone. A call is over within its timeout, its body included, and within its byte bound.
 */
public final class AdapterClient {
  /** Largest metainfo that is accepted. */
  static final int MAX_METAINFO_BYTES = 16 << 20;

  /** Largest status or problem that is accepted. */
  static final int MAX_STATUS_BYTES = 64 << 10;

  /** Largest list of changed origins that is accepted: tens of thousands of them. */
  static final int MAX_CHANGED_BYTES = 8 << 20;

  private static final int HTTP_UNAUTHORIZED = 401;
  private static final int HTTP_NOT_FOUND = 404;
  private static final int HTTP_REQUEST_TIMEOUT = 408;
  private static final int HTTP_TOO_MANY_REQUESTS = 429;

  private final HttpClient http;
  private final BearerToken credential;
  private final Duration timeout;

  /** A client that shows this credential and gives each call this long. */
  public AdapterClient(HttpClient http, BearerToken credential, Duration timeout) {
    this.http = http;
    this.credential = credential;
    this.timeout = timeout;
  }

  /** Asks for an ingest; idempotent. */
  AdapterAnswer<IngestStatus> start(String adapter, IngestKey key, IngestRequest request)
      throws InterruptedException {
    try {
      byte[] body = Json.MAPPER.writeValueAsBytes(request);
      AdapterAnswer<IngestStatus> answer =
          read(
              call("PUT", ingest(adapter, key), BodyPublishers.ofByteArray(body)),
              IngestStatus.class);
      return answer instanceof Unknown
          ? new Unavailable<>("it answers 404 to an ingest: is it an origin adapter?")
          : answer;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How far an ingest is. */
  AdapterAnswer<IngestStatus> status(String adapter, IngestKey key) throws InterruptedException {
    return read(call("GET", ingest(adapter, key), BodyPublishers.noBody()), IngestStatus.class);
  }

  /** The metainfo of an ingest that is done. */
  AdapterAnswer<byte[]> metainfo(String adapter, IngestKey key) throws InterruptedException {
    return call(
        "GET", ingest(adapter, key) + "/metainfo", BodyPublishers.noBody(), MAX_METAINFO_BYTES);
  }

  /** Frees the spooled bytes of an ingest; idempotent. */
  AdapterAnswer<byte[]> release(String adapter, IngestKey key) throws InterruptedException {
    return call("POST", ingest(adapter, key) + "/release", BodyPublishers.noBody());
  }

  /** Forgets an ingest; idempotent. */
  AdapterAnswer<byte[]> forget(String adapter, IngestKey key) throws InterruptedException {
    return call("DELETE", ingest(adapter, key), BodyPublishers.noBody());
  }

  private static String ingest(String adapter, IngestKey key) {
    return adapter + "/v1/ingests/" + key.contentId() + "/" + key.version();
  }

  /** Which versions' origins the adapter found changed. */
  AdapterAnswer<ChangedOrigins> changed(String adapter) throws InterruptedException {
    return read(
        call("GET", adapter + "/v1/changed", BodyPublishers.noBody(), MAX_CHANGED_BYTES),
        ChangedOrigins.class);
  }

  private static <T> AdapterAnswer<T> read(AdapterAnswer<byte[]> answer, Class<T> type) {
    if (answer instanceof Given<byte[]> given) {
      try {
        T value = Json.MAPPER.readValue(given.value(), type);
        return value == null ? new Unavailable<>("its answer is null") : new Given<>(value);
      } catch (IOException e) {
        return new Unavailable<>("its answer is not readable: " + e.getMessage());
      }
    } else if (answer instanceof Refused<byte[]> refused) {
      return new Refused<>(refused.reason());
    } else if (answer instanceof Unavailable<byte[]> unavailable) {
      return new Unavailable<>(unavailable.reason());
    }
    return new Unknown<>();
  }

  private AdapterAnswer<byte[]> call(String method, String url, BodyPublisher body)
      throws InterruptedException {
    return call(method, url, body, MAX_STATUS_BYTES);
  }

  private AdapterAnswer<byte[]> call(String method, String url, BodyPublisher body, int maxBytes)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .method(method, body)
            .header("Authorization", credential.toHeader())
            .header("Content-Type", "application/json")
            .build();
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request, info -> new BoundedBody(maxBytes));
    try {
      // Not the request's own timeout: that one ends with the header.
      return judge(response.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return new Unavailable<>("no answer within " + timeout.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new Unavailable<>(String.valueOf(e.getCause()));
    } finally {
      response.cancel(true);
    }
  }

  private static AdapterAnswer<byte[]> judge(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Given<>(response.body());
    }
    if (status == HTTP_NOT_FOUND) {
      return new Unknown<>();
    }
    String reason = reason(status, response.body());
    boolean worthAnotherTry =
        status / 100 != 4
            || status == HTTP_UNAUTHORIZED
            || status == HTTP_REQUEST_TIMEOUT
            || status == HTTP_TOO_MANY_REQUESTS;
    return worthAnotherTry ? new Unavailable<>(reason) : new Refused<>(reason);
  }

  private static String reason(int status, byte[] body) {
    try {
      Problem problem = Json.MAPPER.readValue(body, Problem.class);
      return problem.detail() != null ? problem.detail() : problem.title();
    } catch (IOException e) {
      return "the origin adapter answered " + status;
    }
  }
}
