package io.weir.loadtest.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that nobody here wrote get a published file from the edges alone. */
class RealClientsIT {
  /** Several pieces, the last one short. */
  private static final int CONTENT_BYTES = Nightly.or(512, 20) * 1024 * 1024 + 4321;

  private static final long SEED = 20_060_101L;

  @TempDir static Path folder;

  private static byte[] content;
  private static NetworkNamespace network;
  private static UpProcess up;

  @BeforeAll
  static void publish() throws Exception {
    Installed.assumeNamespaces();
    content = new byte[CONTENT_BYTES];
    new Random(SEED).nextBytes(content);
    Path file = Files.write(folder.resolve("film with space.bin"), content);
    network = NetworkNamespace.open();
    up =
        UpProcess.start(
            folder.resolve("up"),
            network::command,
            "--host",
            NetworkNamespace.EDGE_ADDRESS,
            "--publish",
            file.toString());
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
    if (network != null) {
      network.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void completesFromTheTorrentAlone(RealClient client) throws Exception {
    assertDownloads(client, "torrent", up.content().get("torrentFile").asText());
  }

  @ParameterizedTest
  @EnumSource
  void completesFromTheMagnetAlone(RealClient client) throws Exception {
    assertDownloads(client, "magnet", up.content().get("magnet").asText());
  }

  @ParameterizedTest
  @EnumSource(names = {"ARIA2", "LIBTORRENT"})
  void completesFromTheWebSeedAlone(RealClient client) throws Exception {
    Metainfo published =
        Metainfo.parse(Files.readAllBytes(Path.of(up.content().get("torrentFile").asText())));
    byte[] torrent = published.toTorrent(List.of(), List.of(up.content().at("/http/0").asText()));
    Path file = Files.write(folder.resolve("web-seed-only.torrent"), torrent);
    assertDownloads(client, "web-seed", file.toString());
  }

  @ParameterizedTest
  @EnumSource(names = {"ARIA2", "LIBTORRENT"})
  void readsAHybridTorrent(RealClient client) throws Exception {
    Metainfo published =
        Metainfo.parse(Files.readAllBytes(Path.of(up.content().get("torrentFile").asText())));
    byte[] hybrid =
        hybrid(published.pieceLengthBytes())
            .toTorrent(List.of(), List.of(up.content().at("/http/0").asText()));
    Path file = Files.write(folder.resolve("hybrid.torrent"), hybrid);
    assertDownloads(client, "hybrid", file.toString());
  }

  private static Metainfo hybrid(int pieceLengthBytes) {
    List<PieceDigests> digests = new ArrayList<>();
    for (int from = 0; from < content.length; from += pieceLengthBytes) {
      int length = Math.min(pieceLengthBytes, content.length - from);
      digests.add(PieceDigests.of(ByteBuffer.wrap(content, from, length), pieceLengthBytes));
    }
    return MetainfoBuilder.singleFile(
        TorrentFormat.HYBRID, "film with space.bin", content.length, pieceLengthBytes, digests);
  }

  @Test
  void curlGetsEveryKindOfRange() throws Exception {
    Installed.assumeCurl();
    int length = CONTENT_BYTES;
    assertArrayEquals(content, curl(), "full");
    assertArrayEquals(slice(0, 999), curl("--range", "0-999"), "first");
    int piece = 256 * 1024;
    assertArrayEquals(
        slice(3 * piece - 5, 5 * piece + 5),
        curl("--range", (3 * piece - 5) + "-" + (5 * piece + 5)),
        "middle, across pieces");
    assertArrayEquals(slice(length - 1, length - 1), curl("--range", (length - 1) + "-"), "last");
    assertArrayEquals(slice(length - 5000, length - 1), curl("--range", "-5000"), "suffix");
    assertArrayEquals(
        slice(length - 10, length - 1),
        curl("--range", (length - 10) + "-" + (length + 10)),
        "past the end is clipped");
    assertEquals("416", curlStatus("--range", length + "-"), "wholly past the end");
  }

  private static void assertDownloads(RealClient client, String what, String source)
      throws Exception {
    client.assumeInstalled();
    Path into =
        Files.createDirectories(
            folder.resolve(client.name().toLowerCase(Locale.ROOT) + "-" + what));
    client.download(network, source, into);
    assertArrayEquals(content, Files.readAllBytes(into.resolve("film with space.bin")));
  }

  private static byte[] slice(int first, int last) {
    return Arrays.copyOfRange(content, first, last + 1);
  }

  private static byte[] curl(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error", "--fail"));
    command.addAll(List.of(options));
    command.add(up.content().at("/http/0").asText());
    Process process =
        network.command(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] body = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor(), () -> "curl failed: " + command);
    return body;
  }

  private static String curlStatus(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}"));
    command.addAll(List.of(options));
    command.add(up.content().at("/http/0").asText());
    Process process = network.command(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
