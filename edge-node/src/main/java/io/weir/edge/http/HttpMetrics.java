package io.weir.edge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the HTTP side counts. Any thread. */
final class HttpMetrics {
  private static final int STATUS_CLASSES = 5;

  private final Map<RequestKind, Counter[]> requests = new EnumMap<>(RequestKind.class);
  private final LongAdder contentBytes = new LongAdder();
  private final Counter unavailable;
  private final Counter truncated;
  private final Counter aborted;

  HttpMetrics(MeterRegistry meters) {
    for (RequestKind kind : RequestKind.values()) {
      Counter[] byClass = new Counter[STATUS_CLASSES];
      for (int i = 0; i < STATUS_CLASSES; i++) {
        byClass[i] =
            Counter.builder("weir.http.requests")
                .description(
                    "Answered HTTP requests; a rise of 5xx means pieces cannot be filled in time")
                .tags("kind", kind.label(), "status", (i + 1) + "xx")
                .register(meters);
      }
      requests.put(kind, byClass);
    }
    FunctionCounter.builder("weir.http.content.bytes", contentBytes, LongAdder::sum)
        .description("Bytes of content sent to HTTP clients; rises with demand")
        .baseUnit("bytes")
        .register(meters);
    unavailable =
        Counter.builder("weir.http.unavailable")
            .description("Requests answered 503 since their first piece could not be filled")
            .register(meters);
    truncated =
        Counter.builder("weir.http.truncated")
            .description("Bodies cut short by closing, since a later piece could not be filled")
            .register(meters);
    aborted =
        Counter.builder("weir.http.aborted")
            .description(
                "Bodies that the client or a timeout ended early; players that seek cause these")
            .register(meters);
  }

  void onAnswered(RequestKind kind, int status) {
    Counter[] byClass = requests.get(kind);
    int statusClass = status / 100;
    if (byClass != null && statusClass >= 1 && statusClass <= STATUS_CLASSES) {
      byClass[statusClass - 1].increment();
    }
  }

  void onContentSent(long bytes) {
    contentBytes.add(bytes);
  }

  void onUnavailable() {
    unavailable.increment();
  }

  void onTruncated() {
    truncated.increment();
  }

  void onAborted() {
    aborted.increment();
  }

  long contentBytesSent() {
    return contentBytes.sum();
  }
}
