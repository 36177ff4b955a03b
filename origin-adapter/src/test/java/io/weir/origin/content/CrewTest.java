package io.weir.origin.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.origin.source.Fault;
import io.weir.origin.source.OriginException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CrewTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger working = new AtomicInteger();
  private final AtomicInteger mostWorking = new AtomicInteger();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private void work() {
    mostWorking.accumulateAndGet(working.incrementAndGet(), Math::max);
    Thread.onSpinWait();
    working.decrementAndGet();
  }

  @Test
  void everyStepRunsOnceHoweverManyHelpersThereAre() throws Exception {
    for (int helpers = 0; helpers < 4; helpers++) {
      AtomicIntegerArray runs = new AtomicIntegerArray(500);
      new Crew(threads, helpers).run(500, 8, () -> {}, (i, limit) -> runs.incrementAndGet(i));
      for (int i = 0; i < 500; i++) {
        assertEquals(1, runs.get(i));
      }
    }
  }

  @Test
  void callersShareTheHelpersAndNoCallerHasMoreThanItAskedFor() throws Exception {
    new Crew(threads, 9).run(2_000, 3, () -> {}, (i, limit) -> work());
    assertTrue(mostWorking.get() <= 3, "at once: " + mostWorking);

    mostWorking.set(0);
    Crew crew = new Crew(threads, 2);
    crew.run(4, 4, () -> {}, (i, limit) -> crew.run(200, 4, limit, (inner, innerLimit) -> work()));
    assertTrue(mostWorking.get() <= 3, "at once: " + mostWorking);
  }

  @Test
  void helpersWorkAtTheSameTimeAsTheCaller() throws Exception {
    CyclicBarrier allThree = new CyclicBarrier(3);
    new Crew(threads, 2)
        .run(
            3,
            3,
            () -> {},
            (i, limit) -> {
              try {
                allThree.await(20, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @Test
  void firstFailureIsToldAndEndsTheOthers() {
    AtomicInteger begun = new AtomicInteger();
    OriginException failure =
        assertThrows(
            OriginException.class,
            () ->
                new Crew(threads, 3)
                    .run(
                        100_000,
                        4,
                        () -> {},
                        (i, limit) -> {
                          limit.check();
                          begun.incrementAndGet();
                          if (i == 10) {
                            throw new OriginException(Fault.REJECTED, "no");
                          }
                        }));
    assertEquals(Fault.REJECTED, failure.fault());
    assertTrue(begun.get() < 100_000);
  }

  @Test
  void helperThatBreaksBreaksTheCallerAndNotTheCrew() throws Exception {
    Crew crew = new Crew(threads, 1);
    for (int round = 0; round < 3; round++) {
      assertThrows(
          RuntimeException.class,
          () ->
              crew.run(
                  10,
                  2,
                  () -> {},
                  (i, limit) -> {
                    throw new IllegalStateException("bug");
                  }));
    }
    helpersWorkAfterwards(crew);
  }

  private static void helpersWorkAfterwards(Crew crew) throws OriginException {
    CyclicBarrier both = new CyclicBarrier(2);
    crew.run(
        2,
        2,
        () -> {},
        (i, limit) -> {
          try {
            both.await(20, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
