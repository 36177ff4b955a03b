package io.weir.protocol.metainfo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a torrent laid end to end and cut into pieces. In a v2-only torrent each file begins
 * at a piece of its own and the gap in front of it belongs to no one, so that a piece may be short
 * anywhere. Immutable, any thread.
 */
public final class FileLayout {
  static final int MAX_PIECES = 1 << 21;
  static final long MAX_TOTAL_BYTES = (long) MAX_PIECES * PieceLength.MAX_BYTES;

  /**
   * All paths together: a {@code file tree} names a directory once, however many files are in it,
   * and their paths would take gigabytes.
   */
  static final int MAX_PATHS_CHARS = 32 << 20;

  private final List<TorrentFile> files;
  private final Map<String, TorrentFile> contentByPath;
  private final int pieceLengthBytes;
  private final long totalLengthBytes;
  private final int pieceCount;
  private final boolean gaps;

  private FileLayout(
      List<TorrentFile> files, Map<String, TorrentFile> contentByPath, int pieceLengthBytes) {
    TorrentFile last = files.get(files.size() - 1);
    this.files = List.copyOf(files);
    this.contentByPath = contentByPath;
    this.pieceLengthBytes = pieceLengthBytes;
    this.totalLengthBytes = last.endBytes();
    this.pieceCount = (int) ((totalLengthBytes + pieceLengthBytes - 1) / pieceLengthBytes);
    this.gaps = files.stream().mapToLong(TorrentFile::lengthBytes).sum() != totalLengthBytes;
  }

  /** Lays out files whose offsets ascend. */
  static FileLayout of(List<TorrentFile> files, int pieceLengthBytes) throws MetainfoException {
    if (files.stream().allMatch(file -> file.padding() || file.lengthBytes() == 0)) {
      throw new MetainfoException("length: no bytes in any file");
    }
    long totalLengthBytes = files.get(files.size() - 1).endBytes();
    if (totalLengthBytes > (long) MAX_PIECES * pieceLengthBytes) {
      throw new MetainfoException("length: more than " + MAX_PIECES + " pieces");
    }
    return new FileLayout(files, contentByPath(files), pieceLengthBytes);
  }

  /** Keyed by text, not by list, since colliding texts do not slow a hash map down. */
  private static Map<String, TorrentFile> contentByPath(List<TorrentFile> files)
      throws MetainfoException {
    Map<String, TorrentFile> byPath = new HashMap<>();
    long chars = 0;
    for (TorrentFile file : files) {
      chars += file.path().stream().mapToInt(name -> 1 + name.length()).sum();
      if (chars > MAX_PATHS_CHARS) {
        throw new MetainfoException("path: all together longer than " + MAX_PATHS_CHARS);
      }
      if (!file.padding() && byPath.put(String.join("/", file.path()), file) != null) {
        throw new MetainfoException("path: two files have the same");
      }
    }
    for (String path : byPath.keySet()) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        if (byPath.containsKey(path.substring(0, slash))) {
          throw new MetainfoException("path: a file is another file's directory");
        }
      }
    }
    return byPath;
  }

  /** All files in order, padding included. */
  public List<TorrentFile> files() {
    return files;
  }

  /** Length of the concatenation, padding and gaps included. */
  public long totalLengthBytes() {
    return totalLengthBytes;
  }

  /** Length of every piece that nothing shortens. */
  public int pieceLengthBytes() {
    return pieceLengthBytes;
  }

  /** Number of pieces, 1 or more. */
  public int pieceCount() {
    return pieceCount;
  }

  @Nullable TorrentFile fileAt(List<String> path) {
    TorrentFile file = contentByPath.get(String.join("/", path));
    // An element with a slash in it must not reach into a directory.
    return file != null && file.path().equals(path) ? file : null;
  }

  /**
   * Length of this piece, without the gap that may follow it.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public int pieceLengthBytes(int piece) {
    long start = pieceStart(piece);
    long end = gaps ? files.get(firstFileAt(start)).endBytes() : totalLengthBytes;
    return (int) Math.min(pieceLengthBytes, end - start);
  }

  /**
   * What this piece is made of, in order and without holes, padding included.
   *
   * @throws IndexOutOfBoundsException if there is no such piece
   */
  public List<FileSlice> slices(int piece) {
    long start = pieceStart(piece);
    long end = start + pieceLengthBytes;
    List<FileSlice> slices = new ArrayList<>(2);
    for (int i = firstFileAt(start); i < files.size(); i++) {
      TorrentFile file = files.get(i);
      if (file.offsetBytes() >= end) {
        break;
      }
      long from = Math.max(start, file.offsetBytes());
      long to = Math.min(end, file.endBytes());
      if (from < to) {
        slices.add(new FileSlice(file, from - file.offsetBytes(), (int) (to - from)));
      }
    }
    return slices;
  }

  PieceRange pieces(TorrentFile file, long offsetBytes, long lengthBytes) {
    if (file.index() >= files.size() || !file.equals(files.get(file.index()))) {
      throw new IllegalArgumentException("not a file of this torrent: " + file.index());
    }
    if (lengthBytes < 1) {
      throw new IndexOutOfBoundsException("a range of " + lengthBytes + " bytes");
    }
    Objects.checkFromIndexSize(offsetBytes, lengthBytes, file.lengthBytes());
    long first = file.offsetBytes() + offsetBytes;
    long last = first + lengthBytes - 1;
    return new PieceRange(
        (int) (first / pieceLengthBytes),
        (int) (first % pieceLengthBytes),
        (int) (last / pieceLengthBytes),
        (int) (last % pieceLengthBytes) + 1);
  }

  private long pieceStart(int piece) {
    return (long) Objects.checkIndex(piece, pieceCount) * pieceLengthBytes;
  }

  /** Index of the file that holds the byte at this offset: the first that ends behind it. */
  private int firstFileAt(long offset) {
    int low = 0;
    int high = files.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (files.get(middle).endBytes() > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
