package io.weir.protocol.metainfo;

import io.weir.protocol.bencode.BencodeDictionary;
import io.weir.protocol.bencode.BencodeException;
import io.weir.protocol.bencode.BencodeList;
import io.weir.protocol.bencode.BencodeString;
import io.weir.protocol.bencode.BencodeValue;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code length} or {@code files} of a v1 info dictionary (BEP 3, BEP 47). */
final class V1Files {
  private final List<TorrentFile> files = new ArrayList<>();
  private long offsetBytes;

  private V1Files() {}

  static List<TorrentFile> read(BencodeDictionary info, String name)
      throws BencodeException, MetainfoException {
    BencodeList list = info.findList("files");
    Long length = info.findInteger("length", 0, FileLayout.MAX_TOTAL_BYTES);
    if ((list == null) == (length == null)) {
      throw new MetainfoException("files: exactly one of length and files must be there");
    }
    V1Files reader = new V1Files();
    if (length != null) {
      FileAttributes.checkContent("info", info);
      reader.add(List.of(name), length, false);
    } else if (list != null) {
      for (BencodeValue value : list.values()) {
        reader.readFile(value);
      }
    }
    return reader.files;
  }

  private void readFile(BencodeValue value) throws MetainfoException {
    String where = "files[" + files.size() + "]";
    if (!(value instanceof BencodeDictionary file)) {
      throw new MetainfoException(where + ": not a dictionary");
    }
    try {
      boolean padding = FileAttributes.isPadding(where, file);
      long length = file.integer("length", 0, FileLayout.MAX_TOTAL_BYTES);
      add(path(where + ".path", file.list("path")), length, padding);
    } catch (BencodeException e) {
      throw new MetainfoException(where + "." + e.getMessage(), e);
    }
  }

  private void add(List<String> path, long lengthBytes, boolean padding) throws MetainfoException {
    if (lengthBytes > FileLayout.MAX_TOTAL_BYTES - offsetBytes) {
      throw new MetainfoException("length: files are too long together");
    }
    files.add(new TorrentFile(files.size(), path, lengthBytes, offsetBytes, padding));
    offsetBytes += lengthBytes;
  }

  private static List<String> path(String where, BencodeList elements) throws MetainfoException {
    if (elements.values().isEmpty() || elements.values().size() > PathElement.MAX_DEPTH) {
      throw new MetainfoException(where + ": not 1 to " + PathElement.MAX_DEPTH + " names");
    }
    List<String> path = new ArrayList<>(elements.values().size());
    for (BencodeValue element : elements.values()) {
      if (!(element instanceof BencodeString name)) {
        throw new MetainfoException(where + ": not a list of strings");
      }
      path.add(PathElement.read(where, name));
    }
    return path;
  }
}
