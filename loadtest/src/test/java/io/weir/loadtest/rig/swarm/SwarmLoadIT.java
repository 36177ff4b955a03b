package io.weir.loadtest.rig.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.loadtest.crowd.TestContent;
import io.weir.loadtest.rig.LoadResult;
import io.weir.loadtest.rig.Pace;
import io.weir.loadtest.rig.Positions.Spread;
import io.weir.loadtest.rig.swarm.SwarmLoadPlan.Others;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs against seeds of which the test knows what they do wrong. */
@Timeout(60)
final class SwarmLoadIT {
  private static final int PIECE_BYTES = 128 << 10;
  private static final int LENGTH_BYTES = 20 * PIECE_BYTES + 1000;

  @TempDir private static Path folder;
  private static TestContent film;
  private static SeededContent content;

  @BeforeAll
  static void makeFilm() throws IOException {
    film = TestContent.make(folder.resolve("film.bin"), LENGTH_BYTES, PIECE_BYTES, 1);
    content = SeededContent.of(film.metainfo());
  }

  @Test
  void everyBlockOfAGoodSeedIsCountedAndSomeAreCompared() throws Exception {
    try (TestSeed seed = seed(TestSeed.Fault.NONE)) {
      LoadResult result =
          new SwarmLoad(
                  plan(seed, new Pace.Closed(), 3, Others.NONE, ProcessHandle.current().pid()))
              .run();
      assertEquals(List.of(), result.faults());
      assertTrue(result.answers() > 100, "answers " + result.answers());
      assertTrue(result.verified() > 0);
      assertTrue(result.verified() <= result.answers() / SwarmLoadPlan.VERIFY_EVERY + 3);
      assertEquals(result.answers(), result.latencyMicros().getTotalCount());
      assertNotNull(result.server());
    }
  }

  @Test
  void openLoopKeepsItsRate() throws Exception {
    try (TestSeed seed = seed(TestSeed.Fault.NONE)) {
      LoadResult result = new SwarmLoad(plan(seed, new Pace.Open(500), 2, Others.NONE, null)).run();
      assertEquals(List.of(), result.faults());
      assertEquals(500, result.answersPerSecond(), 25);
    }
  }

  @Test
  void rateThatTheSeedCannotGiveFailsTheRun() throws Exception {
    try (TestSeed seed = seed(TestSeed.Fault.NONE)) {
      LoadResult result =
          new SwarmLoad(plan(seed, new Pace.Open(5_000_000), 2, Others.NONE, null)).run();
      assertTrue(result.faults().toString().contains("rate missed"), result.faults().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WRONG_BYTE, wrong bytes in piece",
    "CHOKE, choked",
    "CLOSE, closed a connection",
    "REJECT, rejected a request",
    "UNASKED, unasked"
  })
  void seedThatMisbehavesFailsTheRun(TestSeed.Fault fault, String named) throws Exception {
    try (TestSeed seed = seed(fault)) {
      LoadResult result = new SwarmLoad(plan(seed, new Pace.Closed(), 1, Others.NONE, null)).run();
      assertEquals(1, result.failed());
      assertTrue(result.faults().toString().contains(named), result.faults().toString());
    }
  }

  @Test
  void idleAndSlowPeersComeBesideThoseThatAreMeasured() throws Exception {
    try (TestSeed seed = seed(TestSeed.Fault.NONE)) {
      Others others = new Others(5, false, 2, 100_000);
      LoadResult result = new SwarmLoad(plan(seed, new Pace.Closed(), 1, others, null)).run();
      assertEquals(List.of(), result.faults());
      assertEquals(8, seed.connected.get());
      assertEquals(3, seed.interested.get(), "the idle do not say that they are");
    }
  }

  @Test
  void seedThatIsNotThereIsNamed() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) taken.getLocalSocketAddress();
    }
    SwarmLoadPlan plan = plan(nobody, new Pace.Closed(), 1, Others.NONE, null);
    IOException e = assertThrows(IOException.class, () -> new SwarmLoad(plan).run());
    assertTrue(e.getMessage().contains(Integer.toString(nobody.getPort())), e.getMessage());
  }

  private static TestSeed seed(TestSeed.Fault fault) throws IOException {
    return new TestSeed(Files.readAllBytes(film.file()), content, fault);
  }

  private static SwarmLoadPlan plan(
      TestSeed seed, Pace pace, int connections, Others others, Long pid) {
    return plan(seed.address(), pace, connections, others, pid);
  }

  private static SwarmLoadPlan plan(
      InetSocketAddress seed, Pace pace, int connections, Others others, Long pid) {
    return new SwarmLoadPlan(
        seed,
        content,
        connections,
        16,
        Spread.UNIFORM,
        pace,
        Duration.ofMillis(200),
        Duration.ofMillis(800),
        film.file(),
        others,
        2,
        pid,
        7);
  }
}
