package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A torrent whose files are known and whose bytes are not hashed yet: where each file lies among
 * the pieces, what a piece's bytes are hashed into, and at last the {@link Metainfo}. Files are
 * laid out in the order of a v2 file tree (BEP 52: path elements compared as raw UTF-8) whatever
 * the format, so that the same files give the same info-hash in whatever order they are named. In a
 * hybrid each file begins at a piece, with a BEP 47 padding file before it where it has to be; v1
 * torrents have no padding. Immutable, any thread.
 */
public final class TorrentDraft {
  /**
   * A file of a torrent to be.
   *
   * @param path below the torrent's name, 1 to {@link PathElement#MAX_DEPTH} elements
   * @param lengthBytes 0 or more
   */
  public record NewFile(List<String> path, long lengthBytes) {
    /** Copies. */
    public NewFile {
      path = List.copyOf(path);
    }
  }

  private final TorrentFormat format;
  private final String name;
  private final boolean multiFile;
  private final FileLayout layout;

  private TorrentDraft(
      TorrentFormat format,
      String name,
      boolean multiFile,
      List<TorrentFile> files,
      int pieceLength)
      throws MetainfoException {
    this.format = format;
    this.name = name;
    this.multiFile = multiFile;
    this.layout =
        FileLayout.of(files, PieceLength.check(pieceLength, format == TorrentFormat.HYBRID));
    requireAcceptable();
  }

  /**
   * A torrent of one file.
   *
   * @param name of the file
   * @param lengthBytes 1 or more
   * @param pieceLengthBytes a power of two, 16 KiB to 64 MiB
   * @throws MetainfoException if the torrent would not be one that {@link Metainfo#parse} accepts
   */
  public static TorrentDraft ofFile(
      TorrentFormat format, String name, long lengthBytes, int pieceLengthBytes)
      throws MetainfoException {
    TorrentFile file = new TorrentFile(0, List.of(name), lengthBytes, 0, false);
    return new TorrentDraft(format, name, false, List.of(file), pieceLengthBytes);
  }

  /**
   * A torrent of a directory of files.
   *
   * @param name of the directory
   * @param files in any order, one byte at least between them
   * @param pieceLengthBytes a power of two, 16 KiB to 64 MiB
   * @throws MetainfoException if the torrent would not be one that {@link Metainfo#parse} accepts:
   *     longer than 10 MiB, too deep, too many pieces, two files of one path
   */
  public static TorrentDraft ofFiles(
      TorrentFormat format, String name, List<NewFile> files, int pieceLengthBytes)
      throws MetainfoException {
    if (files.isEmpty()) {
      throw new MetainfoException("files: none");
    }
    List<NewFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(NewFile::path, TorrentDraft::compareInTree));
    boolean aligned = format == TorrentFormat.HYBRID;
    List<TorrentFile> laid = new ArrayList<>(sorted.size());
    long end = 0;
    for (NewFile file : sorted) {
      long padding =
          aligned && file.lengthBytes() > 0 ? FileTree.align(end, pieceLengthBytes) - end : 0;
      if (padding > 0) {
        List<String> path = List.of(".pad", Long.toString(padding));
        laid.add(new TorrentFile(laid.size(), path, padding, end, true));
        end += padding;
      }
      laid.add(new TorrentFile(laid.size(), file.path(), file.lengthBytes(), end, false));
      if (file.lengthBytes() > FileLayout.MAX_TOTAL_BYTES - end) {
        throw new MetainfoException("length: files are too long together");
      }
      end += file.lengthBytes();
    }
    return new TorrentDraft(format, name, true, laid, pieceLengthBytes);
  }

  /** The order of files in a file tree, depth first (BEP 52). */
  static int compareInTree(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = BencodeString.of(left.get(i)).compareTo(BencodeString.of(right.get(i)));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /** Found out before anything is hashed: no digest changes the size or the shape. */
  private void requireAcceptable() throws MetainfoException {
    Metainfo.parse(
        encode(IntStream.range(0, layout.pieceCount()).mapToObj(TorrentDraft::standIn).toList()));
  }

  /** Unlike any other piece's, since equal roots would share a piece layer. */
  private static PieceDigests standIn(int piece) {
    byte[] root = ByteBuffer.allocate(Digests.SHA256_BYTES).putInt(piece).array();
    return new PieceDigests(new byte[Digests.SHA1_BYTES], root, root);
  }

  private byte[] encode(List<PieceDigests> digests) {
    return new TorrentEncoder(format, name, multiFile, layout, digests).encode();
  }

  /** What its pieces are made of. */
  public FileLayout layout() {
    return layout;
  }

  /** What it will carry. */
  public TorrentFormat format() {
    return format;
  }

  /**
   * Hashes a piece as this torrent needs it; borrows for the call, position unchanged.
   *
   * @param bytes all of the piece, padding included
   */
  public PieceDigests digest(int piece, ByteBuffer bytes) {
    if (bytes.remaining() != layout.pieceLengthBytes(piece)) {
      throw new IllegalArgumentException(bytes.remaining() + " bytes are not piece " + piece);
    }
    return switch (format) {
      case V1 -> PieceDigests.v1(bytes);
      case HYBRID ->
          PieceDigests.of(
              bytes, layout.slices(piece).get(0).lengthBytes(), layout.pieceLengthBytes());
    };
  }

  /**
   * The torrent.
   *
   * @param digests one for each piece, in order, all with Merkle roots in a hybrid
   * @throws IllegalArgumentException if these are others
   */
  public Metainfo metainfo(List<PieceDigests> digests) {
    if (digests.size() != layout.pieceCount()) {
      throw new IllegalArgumentException(
          digests.size() + " digests for " + layout.pieceCount() + " pieces");
    }
    digests.forEach(digest -> Objects.requireNonNull(digest, "digest"));
    try {
      return Metainfo.parse(encode(digests));
    } catch (MetainfoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
