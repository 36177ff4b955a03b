package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@code file tree} of a v2 info dictionary (BEP 52), depth first in key order. Recurses
 * as deep as the decoder let directories nest.
 */
final class FileTree {
  /**
   * A file of the tree.
   *
   * @param path below the torrent's name
   * @param lengthBytes 0 or more
   * @param piecesRoot 32 bytes, or none for an empty file
   */
  record Entry(List<String> path, long lengthBytes, byte[] piecesRoot) {}

  private static final String WHERE = "file tree";
  private static final BencodeString FILE = BencodeString.of("");

  private final List<Entry> entries = new ArrayList<>();
  private final List<String> path = new ArrayList<>();

  private FileTree() {}

  static List<Entry> read(BencodeDictionary info) throws BencodeException, MetainfoException {
    FileTree reader = new FileTree();
    reader.readDirectory(info.dictionary(WHERE));
    return reader.entries;
  }

  private void readDirectory(BencodeDictionary directory) throws MetainfoException {
    if (directory.entries().isEmpty()) {
      throw new MetainfoException(WHERE + ": empty directory");
    }
    for (Map.Entry<BencodeString, BencodeValue> entry : directory.entries().entrySet()) {
      if (!(entry.getValue() instanceof BencodeDictionary node)) {
        throw new MetainfoException(WHERE + ": node is not a dictionary");
      }
      path.add(PathElement.read(WHERE, entry.getKey()));
      BencodeValue file = node.entries().get(FILE);
      if (file == null) {
        readDirectory(node);
      } else if (node.entries().size() > 1) {
        throw new MetainfoException(WHERE + ": a file is also a directory");
      } else {
        readFile(file);
      }
      path.remove(path.size() - 1);
    }
  }

  private void readFile(BencodeValue value) throws MetainfoException {
    if (!(value instanceof BencodeDictionary file)) {
      throw new MetainfoException(WHERE + ": node is not a dictionary");
    }
    try {
      FileAttributes.checkContent(WHERE, file);
      long length = file.integer("length", 0, FileLayout.MAX_TOTAL_BYTES);
      byte[] piecesRoot = length == 0 ? new byte[0] : file.string("pieces root").toBytes();
      if (length > 0 && piecesRoot.length != MerkleHasher.HASH_BYTES) {
        throw new MetainfoException(WHERE + ".pieces root: not 32 bytes");
      }
      entries.add(new Entry(List.copyOf(path), length, piecesRoot));
    } catch (BencodeException e) {
      throw new MetainfoException(WHERE + "." + e.getMessage(), e);
    }
  }

  /** Where the files lie when there is no v1 list: each at a piece of its own. */
  static List<TorrentFile> alignedFiles(List<Entry> entries, int pieceLengthBytes)
      throws MetainfoException {
    List<TorrentFile> files = new ArrayList<>(entries.size());
    long end = 0;
    for (Entry entry : entries) {
      long offset = entry.lengthBytes() == 0 ? end : align(end, pieceLengthBytes);
      if (entry.lengthBytes() > FileLayout.MAX_TOTAL_BYTES - offset) {
        throw new MetainfoException("length: files are too long together");
      }
      files.add(new TorrentFile(files.size(), entry.path(), entry.lengthBytes(), offset, false));
      end = offset + entry.lengthBytes();
    }
    return files;
  }

  static long align(long offset, int pieceLengthBytes) {
    return (offset + pieceLengthBytes - 1) / pieceLengthBytes * pieceLengthBytes;
  }
}
