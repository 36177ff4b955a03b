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
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams over a fake origin that breaks where it is told to. */
final class RangeStreamTest {
  private static final byte[] CONTENT = new byte[1_000];

  /** A minute for any read of these few bytes, and 100 of them in each second. */
  private static final ReadBounds BOUNDS =
      new ReadBounds(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          100,
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          1,
          RetryPolicy.DEFAULT);

  static {
    new Random(3).nextBytes(CONTENT);
  }

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<ByteRange> asked = new ArrayList<>();
  private final FakeClock clock = new FakeClock();
  private int aborted;

  private RangeStream stream(RangeStream.Opener opener, ReadLimit limit) {
    return new RangeStream(
        range -> {
          asked.add(range);
          return opener.open(range);
        },
        new ByteRange(100, 900),
        new Attempts(RetryPolicy.DEFAULT, new Random(1), clock),
        limit,
        BOUNDS,
        clock,
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
        new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, first, end)),
        range,
        () -> {},
        () -> aborted++);
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
    assertEquals(1, clock.pauses.size());
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
    assertEquals(List.of(), clock.pauses);
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

  @Test
  void bodyThatDripsIsCutAndAskedAgainUntilTheBudgetIsSpent() throws Exception {
    try (RangeStream stream = stream(range -> dripping(range, Duration.ofSeconds(1)))) {
      OriginException failure =
          assertThrows(OriginException.class, () -> stream.readFully(ByteBuffer.allocate(800)));
      assertEquals(Fault.TIMEOUT, failure.fault());
      assertEquals(
          "origin sent 2 bytes in 2.0 s, less than the 100 a second that are asked of it",
          failure.getMessage());
    }
    assertEquals(
        List.of(new ByteRange(100, 900), new ByteRange(101, 900), new ByteRange(102, 900)), asked);
  }

  @Test
  void slowReaderIsNotTheOriginsFault() throws Exception {
    try (RangeStream stream = stream(range -> body(range, 800))) {
      for (int i = 0; i < 5; i++) {
        stream.readFully(ByteBuffer.allocate(10));
        clock.advance(Duration.ofSeconds(10));
      }
    }
    assertEquals(1, asked.size());
  }

  @Test
  void readThatNeitherFailsNorEndsIsEndedByItsDeadline() throws Exception {
    try (RangeStream stream = stream(range -> body(range, 800))) {
      stream.readFully(ByteBuffer.allocate(10));
      clock.advance(Duration.ofSeconds(69));
      OriginException failure =
          assertThrows(OriginException.class, () -> stream.readFully(ByteBuffer.allocate(10)));
      assertEquals("origin took longer than 68 s for 800 bytes", failure.getMessage());
    }
    assertEquals(1, asked.size());
  }

  @Test
  void originThatAsksForMorePatienceThanThereIsFailsAtOnce() throws Exception {
    try (RangeStream stream =
        stream(
            range -> {
              throw new OriginException(
                  Fault.FAILED, "origin answered 503", Duration.ofSeconds(61));
            })) {
      OriginException failure = assertThrows(OriginException.class, stream::rangesIgnored);
      assertEquals(
          "origin answered 503 and asks to wait 61 s, longer than the 60 s that it is waited for",
          failure.getMessage());
    }
    assertEquals(1, asked.size());
    assertEquals(List.of(), clock.pauses);
  }

  @Test
  void callersDeadlineBoundsThePauseToo() throws Exception {
    Deadline deadline = new Deadline(Duration.ofSeconds(5), clock::nanoTime, "a piece");
    try (RangeStream stream =
        stream(
            range -> {
              throw new OriginException(Fault.FAILED, "origin answered 503", Duration.ofSeconds(6));
            },
            deadline)) {
      OriginException failure = assertThrows(OriginException.class, stream::rangesIgnored);
      assertTrue(
          String.valueOf(failure.getMessage())
              .endsWith("longer than the 5 s that it is waited for"),
          failure.getMessage());
    }
  }

  @Test
  void longPauseEndsWhenTheBytesAreNoLongerWanted() throws Exception {
    ReadLimit wantedForThreePauses =
        () -> {
          if (clock.pauses.size() == 3) {
            throw new OriginException(Fault.STOPPED, "forgotten");
          }
        };
    try (RangeStream stream =
        stream(
            range -> {
              throw new OriginException(
                  Fault.FAILED, "origin answered 503", Duration.ofSeconds(30));
            },
            wantedForThreePauses)) {
      OriginException failure = assertThrows(OriginException.class, stream::rangesIgnored);
      assertEquals(Fault.STOPPED, failure.fault());
    }
    assertEquals(1, asked.size());
    assertEquals(Collections.nCopies(3, Duration.ofSeconds(1)), clock.pauses);
  }

  @Test
  void bytesWhoseEndIsWrongDoNotCount() throws Exception {
    try (RangeStream stream =
        stream(
            range ->
                new OriginBody(
                    new ByteArrayInputStream(CONTENT),
                    range,
                    () -> {
                      throw new OriginException(Fault.CHANGED, "longer");
                    },
                    () -> {}))) {
      OriginException failure =
          assertThrows(OriginException.class, () -> stream.readFully(ByteBuffer.allocate(800)));
      assertEquals(Fault.CHANGED, failure.fault());
    }
    assertEquals(1, asked.size());
  }

  private OriginBody dripping(ByteRange range, Duration each) {
    InputStream drip =
        new InputStream() {
          @Override
          public int read() {
            clock.advance(each);
            return 1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
          }
        };
    return new OriginBody(drip, range, () -> {}, () -> aborted++);
  }
}
