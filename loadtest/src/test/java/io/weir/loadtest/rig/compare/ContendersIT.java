package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.loadtest.WeirMain;
import io.weir.loadtest.origin.PlainOrigin;
import io.weir.loadtest.rig.ResultLine;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The others as they are installed; one that is not is skipped, which CI does not allow. */
@Timeout(60)
class ContendersIT {
  private static final int CONTENT_BYTES = 3 << 20;
  private static final OwnCommand WEIR = OwnCommand.of(WeirMain.class);
  private static final Effort SHORT = new Effort(CONTENT_BYTES, 1, 0.5, 0.5);

  @TempDir private Path folder;

  private Path content;
  private PlainOrigin origin;
  private Bench bench;

  @BeforeEach
  void prepare() throws IOException {
    byte[] bytes = new byte[CONTENT_BYTES];
    new Random(5).nextBytes(bytes);
    content = Files.write(folder.resolve("content.bin"), bytes);
    origin = PlainOrigin.start(Bench.HOST, content);
    bench =
        new Bench(
            folder,
            content,
            URI.create(origin.url()),
            Certificate.create(folder),
            new Cores(false));
  }

  @AfterEach
  void close() {
    origin.close();
  }

  static Stream<Contender> others() {
    return Stream.of(new Nginx(true), new Nginx(false), new Varnish(), new TrafficServer());
  }

  @ParameterizedTest
  @MethodSource("others")
  void servesTheContentUntilClosed(Contender contender) throws Exception {
    assumeTrue(contender.missing().isEmpty(), contender.product() + " is not installed");
    assertTrue(contender.version().matches("[0-9.]+"), contender.version());
    URI url;
    try (Contestant running = contender.start(bench)) {
      url = running.address(Service.HTTP).orElseThrow();
      new WholeRead(url).compare(content);
      assertTrue(ProcessHandle.of(running.pid()).orElseThrow().isAlive());
    }
    assertThrows(ConnectException.class, () -> new WholeRead(url).compare(content));
  }

  @Test
  void othersWithoutWhatOursMakesSayWhatIsMissing() {
    for (Contender contender : List.of(OtherSeed.rtorrent(), new OtherTracker())) {
      assumeTrue(contender.missing().isEmpty(), contender.product() + " is not installed");
      String why = assertThrows(IOException.class, () -> contender.start(bench)).getMessage();
      assertTrue(why.startsWith("nobody has "), why);
    }
  }

  @Test
  void otherSeedsTellTheirVersions() throws Exception {
    for (Contender contender : List.of(OtherSeed.rtorrent(), OtherSeed.libtorrent())) {
      assumeTrue(contender.missing().isEmpty(), contender.product() + " is not installed");
      assertTrue(contender.version().matches("[0-9.]+"), contender.version());
    }
  }

  @Test
  void oursIsMeasuredOverTlsAndAsASeed() throws Exception {
    Generator generator = new Generator(WEIR, bench.cores(), folder.resolve("generator.log"));
    try (Contestant edge = new Weir(WEIR).start(bench)) {
      new WholeRead(edge.address(Service.HTTP).orElseThrow()).compare(content);
      for (Workload workload : List.of(HttpWorkload.all().get(3), new SwarmWorkload(2))) {
        List<String> load = workload.generator(edge, bench, SHORT).orElseThrow();
        ResultLine line = generator.run(load, SHORT);
        assertEquals(List.of(), line.faults(), workload.title());
        assertTrue(workload.metric().of(line) > 0, workload.title() + ": " + line);
      }
    }
  }

  @Test
  void otherBytesAreNotMeasured() throws Exception {
    Path other = Files.write(folder.resolve("other.bin"), new byte[CONTENT_BYTES]);
    assertThrows(IOException.class, () -> new WholeRead(bench.origin()).compare(other));
  }

  @Test
  void aLoadMeasuresNginxInTheClearAndOverTls() throws Exception {
    Contender nginx = new Nginx(true);
    assumeTrue(nginx.missing().isEmpty(), "nginx is not installed");
    Generator generator = new Generator(WEIR, bench.cores(), folder.resolve("generator.log"));
    try (Contestant running = nginx.start(bench)) {
      for (Workload workload : HttpWorkload.all().subList(2, 4)) {
        List<String> load = workload.generator(running, bench, SHORT).orElseThrow();
        ResultLine line = generator.run(load, SHORT);
        assertEquals(List.of(), line.faults(), workload.title());
        assertTrue(workload.metric().of(line) > 0, workload.title() + ": " + line);
      }
    }
  }

  @Test
  void aComparisonGivesEveryoneEveryTurnAndSaysWhoIsAbsent() throws Exception {
    Contender nginx = new Nginx(true);
    assumeTrue(nginx.missing().isEmpty(), "nginx is not installed");
    Generator generator = new Generator(WEIR, bench.cores(), folder.resolve("generator.log"));
    try (Comparison comparison = new Comparison(bench, SHORT, generator, line -> {})) {
      comparison.start(List.of(nginx, ABSENT, BROKEN));
      List<Workload> workloads = HttpWorkload.all().subList(0, 1);
      ComparisonResult result = comparison.run(workloads, false);
      assertEquals(
          Map.of("Absent", "nobody makes it", "Broken", "it does not start"), result.absent());
      assertEquals(1, result.rows().size());
      assertEquals(1, result.rows().get(0).measurements().size());
      assertEquals(1, result.rows().get(0).measurements().get(0).rounds().size());
      assertTrue(result.environment().containsKey("congestion control"));
      assertFalse(result.contenders().get(0).version().isEmpty());
    }
  }

  @Test
  void withoutOursThereIsNothingToCompare() {
    Generator generator = new Generator(WEIR, bench.cores(), folder.resolve("generator.log"));
    try (Comparison comparison = new Comparison(bench, SHORT, generator, line -> {})) {
      assertThrows(
          IOException.class,
          () -> comparison.start(List.of(new Unable(Row.OURS, Optional.empty()))));
    }
  }

  private static final Contender ABSENT = new Unable("Absent", Optional.of("nobody makes it"));
  private static final Contender BROKEN = new Unable("Broken", Optional.empty());

  private record Unable(String product, Optional<String> missing) implements Contender {
    @Override
    public Set<Group> groups() {
      return Set.of(Group.HTTP);
    }

    @Override
    public String variant() {
      return "";
    }

    @Override
    public String version() {
      throw new IllegalStateException("it never ran");
    }

    @Override
    public Contestant start(Bench at) throws IOException {
      throw new IOException("it does not start");
    }
  }
}
