package io.weir.protocol.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class ProcessCommandTest {
  private record Config(String name, Duration shutdownGrace) implements ProcessConfig {}

  private static final Config DEFAULTS = new Config("x", Duration.ofHours(1));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> done = new ArrayList<>();

  @TempDir private Path dir;

  @Test
  void processThatIsToldToEndDrainsThenCloses() throws IOException {
    assertEquals(0, serve(config -> running(CompletableFuture.completedFuture(null)), ""));
    assertEquals(List.of("drain", "close"), done);
    assertEquals("ready", out.toString().strip());
  }

  @Test
  void drainThatNeverCompletesIsCutAtTheGracesEnd() throws IOException {
    assertEquals(0, serve(config -> running(new CompletableFuture<>()), "shutdown-grace: 10ms"));
    assertEquals(List.of("drain", "close"), done);
  }

  @Test
  void whatCannotBeBoundOrOpenedIsToldInOneLine() throws IOException {
    assertEquals(
        1,
        serve(
            config -> {
              throw new BindException("listener http cannot bind 127.0.0.1:80");
            },
            ""));
    assertEquals("test: listener http cannot bind 127.0.0.1:80", err.toString().strip());
  }

  @Test
  void errorAtTheStartEndsTheProcessWithAMessage() throws IOException {
    assertEquals(
        1,
        serve(
            config -> {
              throw new NoClassDefFoundError("org/rocksdb/RocksDB");
            },
            ""));
    assertEquals(
        "test: java.lang.NoClassDefFoundError: org/rocksdb/RocksDB", err.toString().strip());
  }

  @Test
  void wrongUseAndWrongConfigurationAreToldApartFromFailure() throws IOException {
    assertEquals(2, serve(config -> running(new CompletableFuture<>()), "nmae: y"));
    assertTrue(err.toString().contains("did you mean 'name'?"), err.toString());
    assertEquals(2, execute(config -> running(new CompletableFuture<>()), "sevre"));
    assertEquals(2, execute(config -> running(new CompletableFuture<>()), "serve"));
  }

  @Test
  void versionIsPrinted() {
    assertEquals(0, execute(config -> running(new CompletableFuture<>()), "version"));
    assertEquals(BuildVersion.text(), out.toString().strip());
    assertEquals(0, execute(config -> running(new CompletableFuture<>()), "--version"));
    assertTrue(out.toString().contains("test " + BuildVersion.text()));
  }

  private RunningProcess running(CompletableFuture<Void> drained) {
    return new RunningProcess() {
      @Override
      public CompletableFuture<Void> drain() {
        done.add("drain");
        return drained;
      }

      @Override
      public void close() {
        done.add("close");
      }
    };
  }

  /** Told to end by its parent's pipe, which has ended before it starts. */
  private int serve(ProcessCommand.Start<Config> start, String yaml) throws IOException {
    Path file = Files.writeString(dir.resolve("test.yaml"), yaml);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(new byte[0]));
    try {
      return execute(start, "serve", "--config", file.toString(), "--end-with-stdin");
    } finally {
      System.setIn(before);
    }
  }

  private int execute(ProcessCommand.Start<Config> start, String... args) {
    CommandLine commandLine = ProcessCommand.of("test", "A test.", DEFAULTS, start);
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(args);
  }
}
