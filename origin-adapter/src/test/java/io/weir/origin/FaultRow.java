package io.weir.origin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.http.Request;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import io.weir.origin.source.ByteRange;
import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginAllowList;
import io.weir.origin.source.OriginCredentials;
import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.origin.source.OriginReader;
import io.weir.origin.source.RangeStream;
import io.weir.origin.source.RawOrigin;
import io.weir.origin.source.ReadBounds;
import io.weir.origin.source.RetryPolicy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One fault of an origin and what has to come of it: an object of {@link #LENGTH} bytes is probed
 * and read whole, and then outcome, requests, metric and pauses are compared.
 */
final class FaultRow {
  static final int LENGTH = 10_000;

  /** Nothing in the table is late by these, however busy the machine is. */
  private static final ReadBounds GENEROUS =
      new ReadBounds(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          1,
          Duration.ofSeconds(20),
          Duration.ofMinutes(2),
          4,
          new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMinutes(1)));

  /** For origins that never come to an end: no answer in this table is in time. */
  private static final ReadBounds TIGHT =
      new ReadBounds(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          100_000,
          Duration.ofMillis(600),
          Duration.ofMinutes(2),
          4,
          new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMinutes(1)));

  /** Starts an origin, gives it to the check, and closes it. */
  @FunctionalInterface
  private interface Stage {
    void with(FaultRow row) throws Exception;
  }

  private final String name;
  private final Stage stage;
  private ReadBounds bounds = GENEROUS;
  private @Nullable Fault fault;
  private String message = "";
  private String asked = "";
  private String counted = "";
  private Duration paused = Duration.ZERO;

  private FaultRow(String name, Stage stage) {
    this.name = name;
    this.stage = stage;
  }

  /** What a WireMock origin answers instead of what is right. */
  @FunctionalInterface
  interface Answers {
    void prepare(ScriptedOrigin origin);
  }

  static FaultRow wireMock(String name, Answers answers) {
    return new FaultRow(
        name,
        row -> {
          try (ScriptedOrigin origin = new ScriptedOrigin(LENGTH)) {
            List<Request> requests = Collections.synchronizedList(new ArrayList<>());
            answers.prepare(origin);
            var script = origin.answer;
            origin.answer =
                request -> {
                  requests.add(request);
                  return script.apply(request);
                };
            row.check(
                URI.create(origin.url()),
                origin.content,
                () ->
                    requests.stream()
                        .map(r -> question(r.getMethod().getName(), r.getHeader("Range")))
                        .toList());
          }
        });
  }

  static FaultRow raw(String name, RawOrigin.Script script) {
    return new FaultRow(
        name,
        row -> {
          try (RawOrigin origin = new RawOrigin(script)) {
            row.check(
                origin.url(),
                RawAnswers.CONTENT,
                () ->
                    origin.asks().stream()
                        .map(ask -> question(ask.method(), ask.header("range")))
                        .toList());
          }
        });
  }

  private static String question(String method, @Nullable String range) {
    return range == null ? method : method + " " + range.substring("bytes=".length());
  }

  FaultRow impatient() {
    bounds = TIGHT;
    return this;
  }

  /** Every byte comes, and is right; both are regular expressions. */
  FaultRow reads(String asked, String counted) {
    this.asked = asked;
    this.counted = counted;
    return this;
  }

  FaultRow fails(Fault fault, String message, String asked, String counted) {
    this.fault = fault;
    this.message = message;
    return reads(asked, counted);
  }

  FaultRow after(Duration paused) {
    this.paused = paused;
    return this;
  }

  void check() throws Exception {
    stage.with(this);
  }

  private interface Asked {
    List<String> questions();
  }

  private void check(URI url, byte[] content, Asked origin) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    HurriedClock clock = new HurriedClock();
    @Nullable OriginException failure = null;
    byte[] read = new byte[LENGTH];
    try (OriginReader reader = reader(bounds, registry, clock)) {
      OriginObject object = reader.probe(url, () -> {});
      assertEquals(LENGTH, object.lengthBytes());
      try (RangeStream stream =
          reader.read(url, object, new ByteRange(0, LENGTH), ReadReason.INGEST, () -> {})) {
        stream.readFully(ByteBuffer.wrap(read));
      }
    } catch (OriginException e) {
      failure = e;
    }
    String seen = String.join(", ", origin.questions());
    if (failure == null) {
      assertEquals(fault, null, "it was read, asking " + seen);
      assertArrayEquals(content, read);
    } else {
      assertEquals(fault, failure.fault(), failure + ", asking " + seen);
      assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
    }
    assertTrue(seen.matches(asked), seen);
    assertTrue(counted(registry).matches(counted), counted(registry));
    assertTrue(
        clock.paused().compareTo(paused) >= 0
            && clock.paused().compareTo(paused.plusSeconds(1)) < 0,
        "paused " + clock.paused());
  }

  /** A reader that is never late. */
  static OriginReader reader(SimpleMeterRegistry registry) {
    return reader(GENEROUS, registry, new HurriedClock());
  }

  private static OriginReader reader(
      ReadBounds bounds, SimpleMeterRegistry registry, HurriedClock clock) {
    return new OriginReader(
        new OriginAllowList(List.of("127.0.0.1"), List.of(), true),
        new OriginCredentials(List.of()),
        bounds,
        new Random(1),
        clock,
        new OriginMetrics(registry));
  }

  private static String counted(SimpleMeterRegistry registry) {
    Map<String, Integer> outcomes = new TreeMap<>();
    for (Counter counter : registry.find("weir.origin.requests").counters()) {
      outcomes.put(String.valueOf(counter.getId().getTag("outcome")), (int) counter.count());
    }
    List<String> pairs = new ArrayList<>();
    outcomes.forEach((outcome, count) -> pairs.add(outcome + " " + count));
    return String.join(", ", pairs);
  }

  @Override
  public String toString() {
    return name;
  }
}
