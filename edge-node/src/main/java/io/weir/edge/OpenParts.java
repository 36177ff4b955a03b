package io.weir.edge;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that a start has opened so far, to be closed in reverse. One thread at a time. */
final class OpenParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenParts.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  /** Takes ownership. */
  <T extends AutoCloseable> T add(T part) {
    opened.push(part);
    return part;
  }

  /** Closes every part, whatever one of them throws; the second time does nothing. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.error("part did not close part={}", part.getClass().getSimpleName(), e);
      }
    }
  }
}
