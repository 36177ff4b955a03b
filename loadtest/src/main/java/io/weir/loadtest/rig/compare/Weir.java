package io.weir.loadtest.rig.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.control.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One edge of ours, by {@code weir up --separate}: a process of its own whose JVM sees one core.
 * The others of its stack idle beside it. All of the content fits its hot tier, as it fits the
 * memory of the rest.
 */
public final class Weir implements Contender {
  private static final int ENDED_WITHIN_SECONDS = 30;

  private final OwnCommand weir;

  /** Started by this command. */
  public Weir(OwnCommand weir) {
    this.weir = weir;
  }

  @Override
  public String product() {
    return Row.OURS;
  }

  @Override
  public String variant() {
    return "";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String version() throws IOException {
    String version = Weir.class.getPackage().getImplementationVersion();
    return (version == null ? "built from source" : version)
        + ", JVM "
        + System.getProperty("java.vm.version");
  }

  @Override
  public Contestant start(Bench bench) throws IOException, InterruptedException {
    Path dir = bench.dirOf("weir");
    List<String> command =
        bench
            .cores()
            .server(
                weir.with(
                    "up",
                    "--separate",
                    "--json",
                    "--edges",
                    "1",
                    "--dir",
                    dir.resolve("stack").toString(),
                    "--hot-tier",
                    new DataSize(bench.cacheBytes()).toString(),
                    "--publish",
                    bench.content().toString()));
    Process process =
        new ProcessBuilder(command).redirectError(dir.resolve("up.log").toFile()).start();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      if (line == null) {
        throw new IOException("weir up did not start, see " + dir.resolve("up.log"));
      }
      return edge(process, command, Json.MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      Edge.end(process);
      throw new IOException("weir up says what is no JSON", e);
    } catch (IOException e) {
      Edge.end(process);
      throw e;
    }
  }

  /** An edge without a TLS listener has no {@code https} address. */
  private static Edge edge(Process process, List<String> command, JsonNode up) {
    URI http = URI.create(up.path("contents").path(0).path("http").path(0).asText());
    JsonNode edge = up.path("edges").path(0);
    Map<String, URI> urls = new HashMap<>(Map.of("http", http));
    if (edge.hasNonNull("https")) {
      urls.put("https", URI.create(edge.path("https").asText()).resolve(http.getRawPath()));
    }
    return new Edge(process, edge.path("pid").asLong(), command, urls);
  }

  private record Edge(Process up, long pid, List<String> command, Map<String, URI> urls)
      implements Contestant {
    @Override
    public Optional<URI> url(String scheme) {
      return Optional.ofNullable(urls.get(scheme));
    }

    @Override
    public void close() {
      end(up);
    }

    static void end(Process process) {
      process.destroy();
      try {
        if (!process.waitFor(ENDED_WITHIN_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
