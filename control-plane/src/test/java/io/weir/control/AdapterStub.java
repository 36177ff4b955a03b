package io.weir.control;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.request;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.weir.protocol.control.ChangedOrigins;
import io.weir.protocol.control.ChangedOrigins.ChangedContent;
import io.weir.protocol.control.IngestStatus;
import io.weir.protocol.control.IngestStatus.State;
import io.weir.protocol.control.Json;
import io.weir.protocol.control.Problem;
import java.util.List;

/** An origin adapter that says what tests want it to say. */
final class AdapterStub implements AutoCloseable {
  private static final int STALL_MILLIS = 3_000;

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  AdapterStub() {
    server.start();
    server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(204)));
    changed();
  }

  /** These versions' origins have other objects now, and no others'. */
  void changed(ChangedContent... contents) {
    server.stubFor(
        get(urlEqualTo("/v1/changed"))
            .willReturn(aResponse().withBody(json(new ChangedOrigins(List.of(contents))))));
  }

  /** It is of a version that does not watch origins. */
  void doesNotWatch() {
    server.stubFor(get(urlEqualTo("/v1/changed")).willReturn(aResponse().withStatus(404)));
  }

  String url() {
    return server.baseUrl();
  }

  /** The version is being hashed, and stays so. */
  void hashing(String contentId, int version, long hashedBytes, long totalBytes) {
    says(contentId, version, new IngestStatus(State.HASHING, hashedBytes, totalBytes, null));
  }

  /** The version is done. */
  void done(String contentId, int version, byte[] torrent) {
    server.stubFor(
        get(urlEqualTo(path(contentId, version) + "/metainfo"))
            .willReturn(aResponse().withBody(torrent)));
    says(contentId, version, new IngestStatus(State.DONE, 1, 1, null));
  }

  /** The version failed. */
  void failed(String contentId, int version, String failure) {
    says(contentId, version, new IngestStatus(State.FAILED, 0, -1, failure));
  }

  /** The version will not be read. */
  void refuses(String contentId, int version, int status, String detail) {
    answers(
        contentId,
        version,
        aResponse().withStatus(status).withBody(json(Problem.of(status, "No", detail))));
  }

  /** The version is said to be done, and its metainfo cannot be had yet. */
  void doneButMetainfoIsAway(String contentId, int version) {
    server.stubFor(
        get(urlEqualTo(path(contentId, version) + "/metainfo"))
            .willReturn(aResponse().withStatus(503)));
    says(contentId, version, new IngestStatus(State.DONE, 1, 1, null));
  }

  /** Nothing can be forgotten now, or again. */
  void forgets(boolean able) {
    server.stubFor(
        delete(urlMatching("/v1/ingests/.*")).willReturn(aResponse().withStatus(able ? 204 : 503)));
  }

  /** Calls of this kind are heard, and not answered before nobody waits any more. */
  Stall stall(String method, String path) {
    StubMapping unanswered =
        server.stubFor(
            request(method, urlEqualTo(path))
                .atPriority(1)
                .willReturn(aResponse().withStatus(503).withFixedDelay(STALL_MILLIS)));
    return () -> server.removeStub(unanswered);
  }

  /** Calls that are not answered. */
  interface Stall {
    /** Has them answered from now on. */
    void end();
  }

  void forgetWhatWasHeard() {
    server.resetRequests();
  }

  private void says(String contentId, int version, IngestStatus status) {
    answers(contentId, version, aResponse().withStatus(200).withBody(json(status)));
  }

  private void answers(String contentId, int version, ResponseDefinitionBuilder answer) {
    server.stubFor(put(urlEqualTo(path(contentId, version))).willReturn(answer));
    server.stubFor(get(urlEqualTo(path(contentId, version))).willReturn(answer));
  }

  /** Requests so far, as {@code METHOD /path}. */
  List<String> heard() {
    return server.getAllServeEvents().stream()
        .map(event -> event.getRequest().getMethod() + " " + event.getRequest().getUrl())
        .toList();
  }

  /** The last request of this kind. */
  LoggedRequest last(String method, String contentId, int version) {
    return server.getAllServeEvents().stream()
        .map(event -> event.getRequest())
        .filter(request -> request.getMethod().getName().equals(method))
        .filter(request -> request.getUrl().equals(path(contentId, version)))
        .findFirst()
        .orElseThrow();
  }

  /** Whether the version was forgotten. */
  boolean forgot(String contentId, int version) {
    return heard().contains("DELETE " + path(contentId, version));
  }

  static String path(String contentId, int version) {
    return "/v1/ingests/" + contentId + "/" + version;
  }

  private static byte[] json(Object value) {
    try {
      return Json.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.stop();
  }
}
