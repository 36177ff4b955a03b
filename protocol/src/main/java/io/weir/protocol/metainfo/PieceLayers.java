package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the {@code piece layers} that stand beside a v2 info dictionary (BEP 52): for each file of
 * more than one piece the roots of its pieces, which must hash to its pieces root.
 */
final class PieceLayers {
  private final FileLayout layout;
  private final BencodeDictionary layers;
  private final MerkleHasher hasher = new MerkleHasher();
  private final Set<BencodeString> checked = new TreeSet<>();

  private PieceLayers(FileLayout layout, BencodeDictionary layers) {
    this.layout = layout;
    this.layers = layers;
  }

  /** Whether a file is so long that the file tree alone cannot verify its pieces. */
  static boolean needed(FileLayout layout) {
    return layout.files().stream()
        .anyMatch(file -> !file.padding() && file.lengthBytes() > layout.pieceLengthBytes());
  }

  /** By file index the roots of the file's pieces, none for padding and empty files. */
  static byte[][] read(FileLayout layout, List<FileTree.Entry> tree, BencodeDictionary layers)
      throws MetainfoException {
    PieceLayers reader = new PieceLayers(layout, layers);
    byte[][] roots = new byte[layout.files().size()][];
    Arrays.fill(roots, new byte[0]);
    int next = 0;
    for (TorrentFile file : layout.files()) {
      if (!file.padding()) {
        roots[file.index()] = reader.roots(file.lengthBytes(), tree.get(next++).piecesRoot());
      }
    }
    if (reader.checked.size() != layers.entries().size()) {
      throw new MetainfoException("piece layers: entry that no file needs");
    }
    return roots;
  }

  private byte[] roots(long fileLengthBytes, byte[] piecesRoot) throws MetainfoException {
    if (fileLengthBytes <= layout.pieceLengthBytes()) {
      return piecesRoot;
    }
    BencodeString key = BencodeString.of(piecesRoot);
    BencodeValue value = layers.entries().get(key);
    if (!(value instanceof BencodeString layer)) {
      throw new MetainfoException("piece layers: a file of many pieces has none");
    }
    long pieces = (fileLengthBytes - 1) / layout.pieceLengthBytes() + 1;
    if (layer.lengthBytes() != pieces * MerkleHasher.HASH_BYTES) {
      throw new MetainfoException("piece layers: not 32 bytes for each piece of the file");
    }
    byte[] roots = layer.toBytes();
    int height = MerkleHasher.height(layout.pieceLengthBytes());
    if (checked.add(key) && !Arrays.equals(hasher.rootOfLayer(roots, height), piecesRoot)) {
      throw new MetainfoException("piece layers: do not hash to the pieces root");
    }
    return roots;
  }
}
