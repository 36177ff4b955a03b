package io.weir.origin.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What an earlier run left in the spool, contents in the order in which they came. */
final class SpoolScan {
  private static final int DEPTH_OF_CHUNKS = 4;
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  /**
   * A chunk and what the file system knows of it.
   *
   * @param bytes its length
   * @param written when it was written
   */
  record Found(ChunkKey chunk, long bytes, FileTime written) {}

  /** Oldest first; empty files, which a lost write leaves, and strangers are passed over. */
  static List<Found> of(Path directory) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(directory, DEPTH_OF_CHUNKS)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Optional<ChunkKey> chunk = chunk(directory.relativize(file));
        long bytes = Files.size(file);
        if (chunk.isPresent() && bytes > 0) {
          found.add(new Found(chunk.get(), bytes, Files.getLastModifiedTime(file)));
        }
      }
    }
    found.sort(Comparator.comparing(Found::written));
    return found;
  }

  private static Optional<ChunkKey> chunk(Path relative) {
    if (relative.getNameCount() != DEPTH_OF_CHUNKS) {
      return Optional.empty();
    }
    String file = relative.getName(2).toString();
    String chunk = relative.getName(3).toString();
    if (!INDEX.matcher(file).matches() || !INDEX.matcher(chunk).matches()) {
      return Optional.empty();
    }
    return ContentKey.parse(relative.getName(0).toString(), relative.getName(1).toString())
        .map(content -> new ChunkKey(content, Integer.parseInt(file), Integer.parseInt(chunk)));
  }

  private SpoolScan() {}
}
