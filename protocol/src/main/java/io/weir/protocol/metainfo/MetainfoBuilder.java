package io.weir.protocol.metainfo;

import io.weir.protocol.metainfo.TorrentDraft.NewFile;
import java.util.List;

/**
 * Creates the metainfo (BEP 3, BEP 52) of content that has been hashed piece by piece. Equal input
 * gives equal info-hashes. Stateless, any thread.
 */
public final class MetainfoBuilder {
  private static final int SHORTEST_PIECE_BYTES = 256 << 10;
  private static final int LONGEST_PIECE_BYTES = 16 << 20;
  private static final int TARGET_PIECES = 2_000;

  private MetainfoBuilder() {}

  /** The power of two from 256 KiB to 16 MiB that gives at most 2,000 pieces, where one does. */
  public static int pieceLengthFor(long totalLengthBytes) {
    int length = SHORTEST_PIECE_BYTES;
    while (length < LONGEST_PIECE_BYTES && totalLengthBytes > (long) length * TARGET_PIECES) {
      length *= 2;
    }
    return length;
  }

  /**
   * As {@link #pieceLengthFor(long)} of all bytes; in a hybrid, where every file begins at a piece,
   * less, to 16 KiB if it must be, while there would be more padding than content.
   */
  public static int pieceLengthFor(TorrentFormat format, List<NewFile> files) {
    long total = files.stream().mapToLong(NewFile::lengthBytes).sum();
    int length = pieceLengthFor(total);
    while (format == TorrentFormat.HYBRID
        && length > PieceLength.MIN_BYTES
        && paddingBytes(files, length) > total) {
      length /= 2;
    }
    return length;
  }

  private static long paddingBytes(List<NewFile> files, int pieceLengthBytes) {
    return files.stream()
        .mapToLong(
            file -> FileTree.align(file.lengthBytes(), pieceLengthBytes) - file.lengthBytes())
        .sum();
  }

  /**
   * A torrent of one file.
   *
   * @param format what it carries
   * @param name a valid file name of at most 255 bytes
   * @param lengthBytes 1 or more
   * @param pieceLengthBytes a power of two, 16 KiB to 64 MiB
   * @param digests one for each piece, in order
   * @throws IllegalArgumentException if these do not make a torrent that {@link Metainfo#parse}
   *     accepts
   */
  public static Metainfo singleFile(
      TorrentFormat format,
      String name,
      long lengthBytes,
      int pieceLengthBytes,
      List<PieceDigests> digests) {
    try {
      return TorrentDraft.ofFile(format, name, lengthBytes, pieceLengthBytes).metainfo(digests);
    } catch (MetainfoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * A torrent of a directory of files, laid out as {@link TorrentDraft#ofFiles} says.
   *
   * @param format what it carries
   * @param name a valid file name of at most 255 bytes, of the directory
   * @param files in any order, one byte at least between them
   * @param pieceLengthBytes a power of two, 16 KiB to 64 MiB
   * @param digests one for each piece, in order, as {@link TorrentDraft#digest} yields them
   * @throws IllegalArgumentException if these do not make a torrent that {@link Metainfo#parse}
   *     accepts
   */
  public static Metainfo multiFile(
      TorrentFormat format,
      String name,
      List<NewFile> files,
      int pieceLengthBytes,
      List<PieceDigests> digests) {
    try {
      return TorrentDraft.ofFiles(format, name, files, pieceLengthBytes).metainfo(digests);
    } catch (MetainfoException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
