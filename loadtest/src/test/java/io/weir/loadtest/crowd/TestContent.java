package io.weir.loadtest.crowd;

import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoBuilder;
import io.weir.protocol.metainfo.PieceDigests;
import io.weir.protocol.metainfo.TorrentFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Random bytes in a file, their hash and their torrent. */
public record TestContent(Path file, String sha256Hex, Metainfo metainfo) {
  /** Makes a file with its torrent; the same seed makes the same. */
  public static TestContent make(Path file, int lengthBytes, int pieceLengthBytes, long seed)
      throws IOException {
    byte[] content = new byte[lengthBytes];
    new Random(seed).nextBytes(content);
    Files.write(file, content);
    List<PieceDigests> digests = new ArrayList<>();
    for (int at = 0; at < lengthBytes; at += pieceLengthBytes) {
      int piece = Math.min(pieceLengthBytes, lengthBytes - at);
      digests.add(PieceDigests.of(ByteBuffer.wrap(content, at, piece), pieceLengthBytes));
    }
    try {
      return new TestContent(
          file,
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
          MetainfoBuilder.singleFile(
              TorrentFormat.HYBRID, "film.bin", lengthBytes, pieceLengthBytes, digests));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The .torrent with these trackers. */
  public byte[] torrent(String... announceUrls) {
    return metainfo.toTorrent(List.of(List.of(announceUrls)), List.of());
  }
}
