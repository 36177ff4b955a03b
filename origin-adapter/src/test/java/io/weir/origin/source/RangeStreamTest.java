package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.origin.metrics.OriginMetrics;
import io.weir.origin.metrics.ReadReason;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams over a fake origin that breaks where it is told to. */
final class RangeStreamTest {
  private static final byte[] CONTENT = new byte[1_000];

  static {
    new Random(3).nextBytes(CONTENT);
  }

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ByteRange> asked = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private int aborted;

  private RangeStream stream(RangeStream.Opener opener, ReadLimit limit) {
    return new RangeStream(
        range -> {
          asked.add(range);
          return opener.open(range);
        },
        new ByteRange(100, 900),
        new Attempts(RetryPolicy.DEFAULT, new Random(1), pauses::add),
        limit,
        ReadReason.INGEST,
        new OriginMetrics(registry));
  }

  private RangeStream stream(RangeStream.Opener opener) {
    return stream(opener, () -> {});
  }

  /** Promises the range and delivers at most so many bytes of it. */
  private OriginBody body(ByteRange range, int delivered) {
    int first = (int) range.first();
    int end = Math.min((int) range.end(), first + delivered);
    return new OriginBody(
        new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, first, end)), range, () -> aborted++);
  }

  private double readBytes() {
    return registry.get("weir.origin.read.bytes").tag("reason", "ingest").counter().count();
  }

  @Test
  void brokenBodyIsResumedAtTheByteWhereItBroke() throws Exception {
    ByteBuffer target = ByteBuffer.allocate(800);
    try (RangeStream stream = stream(range -> body(range, asked.size() == 1 ? 300 : 800))) {
      stream.readFully(target);
    }

    assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 900), target.array());
    assertEquals(List.of(new ByteRange(100, 900), new ByteRange(400, 900)), asked);
    assertEquals(800, readBytes());
    assertEquals(1, pauses.size());
  }

  @Test
  void budgetOfAttemptsEndsIt() throws Exception {
    try (RangeStream stream = stream(range -> body(range, 10))) {
      OriginException failure =
          assertThrows(OriginException.class, () -> stream.readFully(ByteBuffer.allocate(800)));
      assertEquals(Fault.SHORT, failure.fault());
    }
    assertEquals(3, asked.size());
    assertEquals(3, aborted);
  }

  @Test
  void faultThatDoesNotPassIsNotAskedAgain() throws Exception {
    try (RangeStream stream =
        stream(
            range -> {
              throw new OriginException(Fault.CHANGED, "changed");
            })) {
      assertThrows(OriginException.class, stream::rangesIgnored);
    }
    assertEquals(1, asked.size());
    assertEquals(List.of(), pauses);
  }

  @Test
  void originThatIgnoresRangesIsSkippedToTheFirstByte() throws Exception {
    ByteBuffer target = ByteBuffer.allocate(800);
    try (RangeStream stream = stream(range -> body(new ByteRange(0, 1_000), 1_000))) {
      assertTrue(stream.rangesIgnored());
      stream.readFully(target);
    }
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 100, 900), target.array());
    assertEquals(900, readBytes());
  }

  @Test
  void originThatKnowsRangesIsNotTakenForOneThatIgnoresThem() throws Exception {
    try (RangeStream stream = stream(range -> body(range, 800))) {
      assertFalse(stream.rangesIgnored());
    }
    assertEquals(1, aborted);
  }

  @Test
  void limitStopsBetweenReadsAndIsNotRetried() throws Exception {
    ReadLimit stop =
        () -> {
          if (readBytes() > 0) {
            throw new OriginException(Fault.STOPPED, "stop");
          }
        };
    try (RangeStream stream = stream(range -> body(range, 10), stop)) {
      OriginException failure =
          assertThrows(OriginException.class, () -> stream.readFully(ByteBuffer.allocate(800)));
      assertEquals(Fault.STOPPED, failure.fault());
    }
    assertEquals(1, asked.size());
  }
}
