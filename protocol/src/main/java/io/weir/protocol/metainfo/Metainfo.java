package io.weir.protocol.metainfo;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** STUB: signatures are fixed, bodies to come. */
public final class Metainfo {
  private Metainfo() {}

  /** Parses a whole .torrent. */
  public static Metainfo parse(byte[] torrent) throws MetainfoException {
    throw new UnsupportedOperationException();
  }

  /**
   * Builds a metainfo from a bare info dictionary (as ut_metadata delivers it); v1 part only
   * checked.
   */
  public static Metainfo fromInfo(byte[] info) throws MetainfoException {
    throw new UnsupportedOperationException();
  }

  /** The original bytes of the info dictionary, a read-only view. */
  public ByteBuffer info() {
    throw new UnsupportedOperationException();
  }

  /** v1 info-hash or null (v2-only). */
  public @Nullable InfoHash infoHash() {
    throw new UnsupportedOperationException();
  }

  public @Nullable InfoHashV2 infoHashV2() {
    throw new UnsupportedOperationException();
  }

  /** The hash handshakes and trackers use first: v1, or truncated v2 where there is no v1. */
  public InfoHash swarmHash() {
    throw new UnsupportedOperationException();
  }

  public String name() {
    throw new UnsupportedOperationException();
  }

  public boolean multiFile() {
    throw new UnsupportedOperationException();
  }

  /** All files in order, padding included. */
  public List<TorrentFile> files() {
    throw new UnsupportedOperationException();
  }

  /** Length of the concatenation, padding included. */
  public long totalLengthBytes() {
    throw new UnsupportedOperationException();
  }

  public int pieceLengthBytes() {
    throw new UnsupportedOperationException();
  }

  public int pieceCount() {
    throw new UnsupportedOperationException();
  }

  /** Length of this piece: pieceLengthBytes, or less for the last. */
  public int pieceLengthBytes(int piece) {
    throw new UnsupportedOperationException();
  }

  public boolean isPrivate() {
    throw new UnsupportedOperationException();
  }

  /**
   * Whether the remaining bytes of data are piece {@code piece}; borrows for the call, position
   * unchanged.
   */
  public boolean verify(int piece, ByteBuffer data) {
    throw new UnsupportedOperationException();
  }

  /**
   * The .torrent with these announce tiers (BEP 12) and web seeds (BEP 19): same info bytes, piece
   * layers kept.
   */
  public byte[] toTorrent(List<List<String>> announceTiers, List<String> webSeeds) {
    throw new UnsupportedOperationException();
  }
}
