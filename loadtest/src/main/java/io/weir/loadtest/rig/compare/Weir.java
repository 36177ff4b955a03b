package io.weir.loadtest.rig.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.weir.protocol.config.DataSize;
import io.weir.protocol.control.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  public Set<Group> groups() {
    return Set.of(Group.HTTP, Group.TLS, Group.SWARM);
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public String version() {
    return ownVersion();
  }

  static String ownVersion() {
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
                    "--tls-certificate",
                    bench.certificate().chain().toString(),
                    "--tls-key",
                    bench.certificate().key().toString(),
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
      return edge(process, command, Json.MAPPER.readTree(line), bench);
    } catch (JsonProcessingException e) {
      end(process);
      throw new IOException("weir up says what is no JSON", e);
    } catch (IOException e) {
      end(process);
      throw e;
    }
  }

  /** Its .torrent is kept for the other seeds. */
  private static Contestant edge(Process process, List<String> command, JsonNode up, Bench bench)
      throws IOException {
    JsonNode content = up.path("contents").path(0);
    URI http = URI.create(content.path("http").path(0).asText());
    JsonNode edge = up.path("edges").path(0);
    Files.copy(
        Path.of(content.path("torrentFile").asText()),
        bench.torrent(),
        StandardCopyOption.REPLACE_EXISTING);
    return new Started(
        edge.path("pid").asLong(),
        command,
        Map.of(
            Service.HTTP,
            http,
            Service.HTTPS,
            URI.create(edge.path("https").asText()).resolve(http.getRawPath()),
            Service.PEER_WIRE,
            URI.create("tcp://" + edge.path("peer").asText())),
        () -> end(process));
  }

  private static void end(Process process) {
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
