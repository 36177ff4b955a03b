package io.weir.origin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.weir.origin.RawAnswers.CONTENT;
import static io.weir.origin.RawAnswers.chunk;
import static io.weir.origin.RawAnswers.lastChunk;
import static io.weir.origin.RawAnswers.onFirstGet;
import static io.weir.origin.RawAnswers.onGet;
import static io.weir.origin.RawAnswers.partialHead;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.RangeStream;
import io.weir.origin.source.RawOrigin;
import io.weir.origin.source.RawOrigin.Script;
import io.weir.origin.source.RawOrigin.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What comes of every fault of an origin: whether it is asked again and for what, what the error
 * says, and which outcome counts it.
 */
final class OriginFaultsIT {
  private static final String WHOLE = "HEAD, GET 0-9999";
  private static final String WHOLE_TWICE = WHOLE + ", GET 0-9999";
  private static final String WHOLE_THRICE = WHOLE_TWICE + ", GET 0-9999";
  private static final String BY_FIRST_BYTE = "HEAD, GET 0-0, GET 0-9999";

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "statuses",
    "probes",
    "ranges",
    "versions",
    "redirects",
    "brokenConnections",
    "framings",
    "heads",
    "slowness"
  })
  void everyFaultHasItsOutcome(FaultRow row) throws Exception {
    row.check();
  }

  /** Every position of a connection's end, FIN or RST, costs no byte twice and loses none. */
  @Test
  void readGoesOnWhereverItsConnectionEnds() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      int cut = random.nextInt(CONTENT.length + 1);
      boolean reset = random.nextBoolean();
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      byte[] read = new byte[CONTENT.length];
      try (RawOrigin origin = new RawOrigin(onFirstGet(partial(cut, reset)));
          OriginReader reader = FaultRow.reader(registry)) {
        OriginObject object = reader.probe(origin.url(), () -> {});
        try (RangeStream stream =
            reader.read(
                origin.url(), object, new ByteRange(0, read.length), ReadReason.INGEST, () -> {})) {
          stream.readFully(ByteBuffer.wrap(read));
        }
      }
      assertArrayEquals(CONTENT, read, "seed " + seed + " round " + round);
      assertEquals(
          CONTENT.length,
          registry.get("weir.origin.read.bytes").tag("reason", "ingest").counter().count(),
          "seed " + seed + " round " + round);
    }
  }

  static List<FaultRow> statuses() {
    List<FaultRow> rows = new ArrayList<>();
    for (int status : new int[] {500, 502, 503, 504, 408, 429}) {
      rows.add(
          get(status + " always", status(status))
              .fails(Fault.FAILED, "origin answered " + status, WHOLE_THRICE, "failed 3, ok 1"));
    }
    for (int status : new int[] {400, 403, 404, 410, 451, 302, 204, 301}) {
      rows.add(
          get("" + status, status(status))
              .fails(Fault.REJECTED, "origin answered " + status, WHOLE, "ok 1, rejected 1"));
    }
    rows.add(
        get("401", status(401))
            .fails(
                Fault.REJECTED,
                "origin answered 401: it wants a credential and none is configured for its host",
                WHOLE,
                "ok 1, rejected 1"));
    for (int status : new int[] {412, 416}) {
      rows.add(
          get("" + status, status(status))
              .fails(
                  Fault.CHANGED,
                  "origin changed: it answered " + status,
                  WHOLE,
                  "changed 1, ok 1"));
    }
    rows.add(firstGet("500 once", status(500)).reads(WHOLE_TWICE, "failed 1, ok 2"));
    rows.add(
        firstGet("503 with Retry-After in seconds", retryAfter(503, "7"))
            .reads(WHOLE_TWICE, "failed 1, ok 2")
            .after(Duration.ofSeconds(7)));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            HurriedClock.NOW.plusSeconds(9).atOffset(ZoneOffset.UTC));
    rows.add(
        firstGet("503 with Retry-After as a date", retryAfter(503, date))
            .reads(WHOLE_TWICE, "failed 1, ok 2")
            .after(Duration.ofSeconds(9)));
    rows.add(
        firstGet("429 with Retry-After", retryAfter(429, "60"))
            .reads(WHOLE_TWICE, "failed 1, ok 2")
            .after(Duration.ofSeconds(60)));
    rows.add(
        get("429 with Retry-After of an hour", retryAfter(429, "3600"))
            .fails(
                Fault.FAILED,
                "origin answered 429 and asks to wait 3600 s, longer than the 60 s",
                WHOLE,
                "failed 1, ok 1"));
    rows.add(
        firstGet("503 with Retry-After that says nothing", retryAfter(503, "soon"))
            .reads(WHOLE_TWICE, "failed 1, ok 2"));
    return rows;
  }

  static List<FaultRow> probes() {
    List<FaultRow> rows = new ArrayList<>();
    for (int status : new int[] {206, 400, 403, 405, 501}) {
      rows.add(head("HEAD answered " + status, status(status)).reads(BY_FIRST_BYTE, "ok 2"));
    }
    rows.add(
        head("HEAD answered 404", status(404))
            .fails(Fault.REJECTED, "origin answered 404", "HEAD", "rejected 1"));
    rows.add(
        head("HEAD answered 401", status(401))
            .fails(Fault.REJECTED, "origin answered 401", "HEAD", "rejected 1"));
    rows.add(
        head("HEAD answered 503", status(503))
            .fails(Fault.FAILED, "origin answered 503", "HEAD, HEAD, HEAD", "failed 3"));
    rows.add(
        head("HEAD encoded", request -> aResponse().withHeader("Content-Encoding", "gzip"))
            .fails(
                Fault.MALFORMED,
                "origin encodes the content although asked not to: 'gzip'",
                "HEAD",
                "malformed 1"));
    rows.add(
        raw(
                "HEAD without Content-Length",
                (ask, wire) -> {
                  if (ask.method().equals("HEAD")) {
                    wire.head("HTTP/1.1 200 OK", "ETag: \"v1\"");
                    wire.keep();
                  } else {
                    RawAnswers.good(ask, wire);
                  }
                })
            .reads(BY_FIRST_BYTE, "ok 2"));
    rows.add(
        probeByGet("probe answered with another byte", r -> range("bytes 5-5/10000", 1))
            .fails(
                Fault.MALFORMED,
                "origin sent another range than asked: bytes 5-5/10000",
                "HEAD, GET 0-0",
                "malformed 1"));
    rows.add(
        probeByGet(
                "probe answered whole, without a length",
                request -> aResponse().withChunkedDribbleDelay(2, 10).withBody(CONTENT))
            .fails(Fault.UNSIZED, "origin does not tell the length", "HEAD, GET 0-0", "unsized 1"));
    rows.add(
        probeByGet(
                "probe answered 416 by an object that has bytes",
                r -> aResponse().withStatus(416).withHeader("Content-Range", "bytes */10000"))
            .fails(
                Fault.MALFORMED,
                "origin refuses its first byte with 416 although it has 'bytes */10000'",
                "HEAD, GET 0-0",
                "malformed 1"));
    return rows;
  }

  static List<FaultRow> ranges() {
    return List.of(
        FaultRow.wireMock("no fault", origin -> {}).reads(WHOLE, "ok 2"),
        FaultRow.wireMock("Range ignored", origin -> origin.onGet(r -> origin.whole()))
            .reads(WHOLE, "ok 2"),
        get("Content-Range of another total", r -> range("bytes 0-9999/10001", 10_000))
            .fails(
                Fault.CHANGED, "origin changed: length 10001, was 10000", WHOLE, "changed 1, ok 1"),
        get("Content-Range of another start", r -> range("bytes 1-9999/10000", 9_999))
            .fails(
                Fault.MALFORMED,
                "origin sent another range than asked: bytes 1-9999/10000",
                WHOLE,
                "malformed 1, ok 1"),
        get("Content-Range of unknown total", r -> range("bytes 0-9999/*", 10_000))
            .fails(
                Fault.MALFORMED,
                "origin sent an unusable Content-Range: 'bytes 0-9999/*'",
                WHOLE,
                "malformed 1, ok 1"),
        get("Content-Range that is none", r -> range("0 to 9999", 10_000))
            .fails(
                Fault.MALFORMED,
                "origin sent an unusable Content-Range: '0 to 9999'",
                WHOLE,
                "malformed 1, ok 1"),
        get(
                "206 without Content-Range",
                r -> aResponse().withStatus(206).withHeader("ETag", "\"v1\""))
            .fails(
                Fault.MALFORMED,
                "origin sent an unusable Content-Range: ''",
                WHOLE,
                "malformed 1, ok 1"),
        get(
                "multipart/byteranges",
                r ->
                    range("bytes 0-9999/10000", 10_000)
                        .withHeader("Content-Type", "multipart/byteranges; boundary=x"))
            .fails(
                Fault.MALFORMED,
                "origin answered one range with multipart/byteranges",
                WHOLE,
                "malformed 1, ok 1"),
        get("Content-Length that is not the range's", r -> range("bytes 0-9999/10000", 9_999))
            .fails(
                Fault.MALFORMED,
                "origin sends 9999 bytes where 10000 were asked",
                WHOLE,
                "malformed 1, ok 1"),
        get(
                "Content-Encoding",
                r -> range("bytes 0-9999/10000", 10_000).withHeader("Content-Encoding", "gzip"))
            .fails(
                Fault.MALFORMED,
                "origin encodes the content although asked not to: 'gzip'",
                WHOLE,
                "malformed 1, ok 1"));
  }

  static List<FaultRow> versions() {
    return List.of(
        FaultRow.wireMock("weak ETag that stays", origin -> origin.etag = "W/\"v1\"")
            .reads(WHOLE, "ok 2"),
        validator("Last-Modified that stays", "Last-Modified", DAY, DAY).reads(WHOLE, "ok 2"),
        validator("neither ETag nor Last-Modified", "X-Other", "1", "2").reads(WHOLE, "ok 2"),
        changed(validator("ETag that changes", "ETag", "\"v1\"", "\"v2\"")),
        changed(validator("weak ETag that changes", "ETag", "W/\"v1\"", "W/\"v2\"")),
        changed(validator("ETag that goes", "ETag", "\"v1\"", "")),
        changed(validator("Last-Modified that changes", "Last-Modified", DAY, NEXT_DAY)),
        get(
                "length that changes",
                r ->
                    aResponse()
                        .withHeader("ETag", "\"v1\"")
                        .withHeader("Content-Length", "5")
                        .withBody("short"))
            .fails(Fault.CHANGED, "origin changed: length 5, was 10000", WHOLE, "changed 1, ok 1"),
        raw(
                "ETag that changes between a break and its resumption",
                onGet(
                    (ask, wire) -> {
                      if (ask.first() > 0) {
                        wire.head("HTTP/1.1 412 Precondition Failed", "Content-Length: 0");
                      } else {
                        partialHead(ask, wire, "Content-Length: 10000");
                        wire.bytes(CONTENT, 0, 6_000);
                      }
                    }))
            .fails(
                Fault.CHANGED,
                "origin changed: it answered 412",
                WHOLE + ", GET 6000-9999",
                "changed 1, ok 1, short 1"));
  }

  private static final String DAY = "Thu, 01 Jan 2026 00:00:00 GMT";
  private static final String NEXT_DAY = "Fri, 02 Jan 2026 00:00:00 GMT";

  private static FaultRow changed(FaultRow row) {
    return row.fails(
        Fault.CHANGED,
        "origin changed: another ETag or Last-Modified than when it was hashed",
        WHOLE,
        "changed 1, ok 1");
  }

  /** HEAD sends one value of the header, GET another. */
  private static FaultRow validator(String name, String header, String before, String after) {
    return FaultRow.wireMock(
        name,
        origin ->
            origin.answer =
                request ->
                    request.getMethod().equals(RequestMethod.HEAD)
                        ? aResponse()
                            .withHeader("Content-Length", "10000")
                            .withHeader(header, before)
                        : aResponse()
                            .withStatus(206)
                            .withHeader("Content-Range", "bytes 0-9999/10000")
                            .withHeader(header, after)
                            .withBody(origin.content));
  }

  static List<FaultRow> redirects() {
    return List.of(
        FaultRow.wireMock(
                "redirect within the host",
                origin ->
                    origin.answer =
                        r ->
                            r.getUrl().equals("/object")
                                ? redirect("/elsewhere")
                                : origin.wellBehaved(r))
            .reads("HEAD, HEAD, GET 0-9999, GET 0-9999", "ok 2"),
        refused("redirect to a host not allowed", "http://localhost:1/", "not on the allow-list"),
        refused("redirect to another scheme", "ftp://127.0.0.1/", "scheme must be http"),
        refused("redirect to a file", "file:///etc/passwd", "a redirect from HTTP to a file"),
        refused("redirect with a password", "http://a:b@127.0.0.1/", "user information"),
        refused("redirect to a number", "http://2130706433/", "not written as four numbers"),
        FaultRow.wireMock("redirect to itself", origin -> origin.answer = r -> redirect("/object"))
            .fails(
                Fault.REJECTED,
                "origin redirects more than 3 times",
                "HEAD, HEAD, HEAD, HEAD",
                "rejected 1"),
        FaultRow.wireMock(
                "one redirect too many",
                origin ->
                    origin.answer =
                        r -> r.getUrl().length() > 10 ? origin.whole() : redirect(r.getUrl() + "x"))
            .fails(
                Fault.REJECTED,
                "origin redirects more than 3 times",
                "HEAD, HEAD, HEAD, HEAD",
                "rejected 1"),
        FaultRow.wireMock(
                "redirect to no URL", origin -> origin.answer = r -> redirect("http://[/"))
            .fails(Fault.MALFORMED, "origin redirects to 'http://[/'", "HEAD", "malformed 1"));
  }

  private static FaultRow refused(String name, String location, String message) {
    return FaultRow.wireMock(name, origin -> origin.answer = r -> redirect(location))
        .fails(Fault.REFUSED, message, "HEAD", "refused 1");
  }

  static List<FaultRow> brokenConnections() {
    return List.of(
        raw("closed without an answer", onFirstGet((ask, wire) -> {}))
            .reads(WHOLE_TWICE, "ok 2, unreachable 1"),
        raw("always closed without an answer", onGet((ask, wire) -> {}))
            .fails(
                Fault.UNREACHABLE,
                "no answer from the origin",
                WHOLE_THRICE,
                "ok 1, unreachable 3"),
        raw("reset before the answer", onFirstGet((ask, wire) -> wire.reset()))
            .reads(WHOLE_TWICE, "ok 2, unreachable 1"),
        raw("closed within the head", onFirstGet((ask, wire) -> ascii(wire, "HTTP/1.1 206 Par")))
            .reads(WHOLE_TWICE, "ok 2, unreachable 1"),
        raw(
                "closed within the length",
                (ask, wire) -> {
                  if (ask.number() == 1) {
                    ascii(wire, "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 100");
                  } else {
                    RawAnswers.good(ask, wire);
                  }
                })
            .reads("HEAD, HEAD, GET 0-9999", "ok 2, unreachable 1"),
        raw("closed within the body", onFirstGet(partial(4_000, false)))
            .reads(WHOLE + ", GET 4000-9999", "ok 2, short 1"),
        raw("reset within the body", onFirstGet(partial(4_000, true)))
            .reads(WHOLE + ", GET (0|4000)-9999", "ok 2, (short|unreachable) 1"),
        raw("closed before the last byte", onFirstGet(partial(9_999, false)))
            .reads(WHOLE + ", GET 9999-9999", "ok 2, short 1"),
        raw("closed after the first byte", onFirstGet(partial(1, false)))
            .reads(WHOLE + ", GET 1-9999", "ok 2, short 1"),
        raw("closed within every body", onGet(partial(1, false)))
            .fails(
                Fault.SHORT,
                "origin broke off",
                WHOLE + ", GET 1-9999, GET 2-9999",
                "ok 1, short 3"));
  }

  static List<FaultRow> framings() {
    return List.of(
        raw("chunked", onGet(chunks(10_000, 1, true))).reads(WHOLE, "ok 2"),
        raw(
                "chunked, with a Content-Length that says otherwise",
                onGet(
                    (ask, wire) -> {
                      partialHead(ask, wire, "Content-Length: 3\r\nTransfer-Encoding: chunked");
                      chunk(wire, CONTENT, 0, 10_000);
                      lastChunk(wire);
                    }))
            .reads(WHOLE, "ok 2"),
        raw("chunked, broken off", onFirstGet(chunks(4_000, 1, false)))
            .reads(WHOLE + ", GET 4000-9999", "ok 2, short 1"),
        raw("chunked, ended early", onFirstGet(chunks(4_000, 1, true)))
            .reads(WHOLE + ", GET 4000-9999", "ok 2, short 1"),
        raw("chunked, without its last chunk", onFirstGet(chunks(10_000, 1, false)))
            .reads(WHOLE_TWICE, "ok 2, short 1"),
        raw("chunked, longer than the range", onGet(chunks(10_000, 2, true)))
            .fails(
                Fault.MALFORMED,
                "origin sends more bytes than were asked",
                WHOLE,
                "malformed 1, ok 1"),
        raw(
                "chunked, with a size that is none",
                onGet(
                    (ask, wire) -> {
                      partialHead(ask, wire, "Transfer-Encoding: chunked");
                      ascii(wire, "zz\r\n");
                    }))
            .fails(
                Fault.MALFORMED,
                "origin's body is not what HTTP allows",
                WHOLE,
                "malformed 1, ok 1"),
        raw("HTTP/1.0, ended by closing", onGet(http10(10_000))).reads(WHOLE, "ok 2"),
        raw("HTTP/1.0, closed early", onFirstGet(http10(4_000)))
            .reads(WHOLE + ", GET 4000-9999", "ok 2, short 1"),
        raw(
                "HTTP/1.0, Range ignored, longer than it was",
                onGet(
                    (ask, wire) -> {
                      wire.head("HTTP/1.0 200 OK", "ETag: \"v1\"");
                      wire.bytes(CONTENT);
                      wire.bytes(CONTENT, 0, 1);
                    }))
            .fails(
                Fault.CHANGED,
                "origin changed: it is longer than when it was hashed",
                WHOLE,
                "changed 1, ok 1"));
  }

  static List<FaultRow> heads() {
    return List.of(
        badHead("header line too long", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"),
        badHead("too many headers", "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(200) + "\r\n"),
        badHead("status line without end", "HTTP/1.1 200 " + "x".repeat(20_000)),
        badHead("garbage", "\u0000\u0001garbage\r\n".repeat(100)),
        badHead("another protocol", "SSH-2.0-OpenSSH_9.2\r\n"),
        badHead("HTTP of the future", "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n"),
        badHead("Content-Length that is none", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"),
        badHead(
            "two Content-Lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"));
  }

  private static FaultRow badHead(String name, String head) {
    return raw(name, onGet((ask, wire) -> ascii(wire, head)))
        .fails(
            Fault.MALFORMED,
            "origin's answer is not HTTP, or has too large a head",
            WHOLE,
            "malformed 1, ok 1");
  }

  static List<FaultRow> slowness() {
    return List.of(
        late("silence", "did not answer in time", (ask, wire) -> wire.silence()),
        late("head that drips", "did not answer in time", (ask, wire) -> wire.drip(X_HEADER, 40)),
        late(
            "head of interim answers without end",
            "did not answer in time",
            (ask, wire) ->
                wire.drip("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 1)),
        late(
            "silence within the body",
            "origin stalled within the body",
            (ask, wire) -> {
              partialHead(ask, wire, "Content-Length: 10000");
              wire.silence();
            }),
        late(
            "chunk head that drips",
            "origin stalled within the body",
            (ask, wire) -> {
              partialHead(ask, wire, "Transfer-Encoding: chunked");
              ascii(wire, "1;");
              wire.drip(new byte[] {'x'}, 40);
            }),
        raw(
                "body that drips",
                onGet(
                    (ask, wire) -> {
                      partialHead(ask, wire, "Content-Length: " + (ask.end() - ask.first()));
                      wire.drip(CONTENT, 40);
                    }))
            .impatient()
            .fails(
                Fault.TIMEOUT,
                "less than the 100000 a second that are asked of it",
                WHOLE + ", GET \\d+-9999",
                "ok 1, timeout 2"));
  }

  private static final byte[] X_HEADER =
      "HTTP/1.1 206 Partial Content\r\nX: ".getBytes(StandardCharsets.US_ASCII);

  private static FaultRow late(String name, String message, Script script) {
    return raw(name, onGet(script))
        .impatient()
        .fails(Fault.TIMEOUT, message, WHOLE_TWICE, "ok 1, timeout 2");
  }

  private static FaultRow raw(String name, Script script) {
    return FaultRow.raw(name, script);
  }

  private static FaultRow get(String name, Function<Request, ResponseDefinitionBuilder> answer) {
    return FaultRow.wireMock(name, origin -> origin.onGet(answer));
  }

  private static FaultRow head(String name, Function<Request, ResponseDefinitionBuilder> answer) {
    return FaultRow.wireMock(
        name,
        origin ->
            origin.answer =
                request ->
                    request.getMethod().equals(RequestMethod.HEAD)
                        ? answer.apply(request)
                        : origin.wellBehaved(request));
  }

  private static FaultRow probeByGet(
      String name, Function<Request, ResponseDefinitionBuilder> answer) {
    return FaultRow.wireMock(
        name,
        origin ->
            origin.answer =
                request ->
                    request.getMethod().equals(RequestMethod.HEAD)
                        ? aResponse().withStatus(405)
                        : answer.apply(request));
  }

  private static FaultRow firstGet(
      String name, Function<Request, ResponseDefinitionBuilder> answer) {
    AtomicInteger gets = new AtomicInteger();
    return FaultRow.wireMock(
        name,
        origin ->
            origin.onGet(
                request ->
                    gets.incrementAndGet() == 1
                        ? answer.apply(request)
                        : origin.wellBehaved(request)));
  }

  private static Function<Request, ResponseDefinitionBuilder> status(int status) {
    return request -> aResponse().withStatus(status);
  }

  private static Function<Request, ResponseDefinitionBuilder> retryAfter(int status, String value) {
    return request -> aResponse().withStatus(status).withHeader("Retry-After", value);
  }

  private static ResponseDefinitionBuilder range(String contentRange, int bytes) {
    return aResponse()
        .withStatus(206)
        .withHeader("ETag", "\"v1\"")
        .withHeader("Content-Range", contentRange)
        .withHeader("Content-Length", Integer.toString(bytes))
        .withBody(Arrays.copyOf(CONTENT, bytes));
  }

  private static ResponseDefinitionBuilder redirect(String location) {
    return aResponse().withStatus(302).withHeader("Location", location);
  }

  /** A good answer that ends after so many bytes. */
  private static Script partial(int bytes, boolean reset) {
    return (ask, wire) -> {
      partialHead(ask, wire, "Content-Length: " + (ask.end() - ask.first()));
      wire.bytes(CONTENT, ask.first(), Math.min(ask.first() + bytes, ask.end()));
      if (reset) {
        wire.reset();
      }
    };
  }

  /** The first bytes so many times over, each time in one chunk. */
  private static Script chunks(int bytes, int times, boolean ended) {
    return (ask, wire) -> {
      partialHead(ask, wire, "Transfer-Encoding: chunked");
      for (int i = 0; i < times; i++) {
        chunk(wire, CONTENT, 0, bytes);
      }
      if (ended) {
        lastChunk(wire);
        wire.keep();
      }
    };
  }

  private static Script http10(int bytes) {
    return (ask, wire) -> {
      wire.head(
          "HTTP/1.0 206 Partial Content",
          "ETag: \"v1\"",
          "Content-Range: bytes " + ask.first() + "-" + (ask.end() - 1) + "/10000");
      wire.bytes(CONTENT, ask.first(), Math.min(ask.first() + bytes, ask.end()));
    };
  }

  private static void ascii(Wire wire, String text) throws IOException {
    wire.bytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
