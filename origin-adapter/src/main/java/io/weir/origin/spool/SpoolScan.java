package io.weir.origin.spool;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run left in the spool, contents in the order in which they came. Whatever is no
 * piece in its place (empty files, which a lost write leaves; other layouts) is deleted, since
 * nobody would count it.
 */
final class SpoolScan extends SimpleFileVisitor<Path> {
  private static final int DEPTH_OF_PIECES = 3;
  private static final Pattern FILE =
      Pattern.compile("(0|[1-9][0-9]{0,8})" + Pattern.quote(PieceKey.SUFFIX));

  /**
   * A piece and what the file system knows of it.
   *
   * @param bytes its length
   * @param written when it was written
   */
  record Found(PieceKey piece, long bytes, FileTime written) {}

  private final Path directory;
  private final List<Found> found = new ArrayList<>();

  private SpoolScan(Path directory) {
    this.directory = directory;
  }

  /** Oldest first. */
  static List<Found> of(Path directory) throws IOException {
    SpoolScan scan = new SpoolScan(directory);
    Files.walkFileTree(directory, scan);
    scan.found.sort(Comparator.comparing(Found::written));
    return scan.found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    Optional<PieceKey> piece = piece(directory.relativize(file));
    if (piece.isPresent() && attributes.isRegularFile() && attributes.size() > 0) {
      found.add(new Found(piece.get(), attributes.size(), attributes.lastModifiedTime()));
    } else {
      Files.deleteIfExists(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /** What may not even be looked into is a stranger's, as a mount point's own directory is. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
      throws IOException {
    if (failure != null) {
      throw failure;
    }
    boolean empty;
    try (var left = Files.newDirectoryStream(visited)) {
      empty = !left.iterator().hasNext();
    }
    if (empty && !visited.equals(directory)) {
      Files.delete(visited);
    }
    return FileVisitResult.CONTINUE;
  }

  private static Optional<PieceKey> piece(Path relative) {
    Matcher file = FILE.matcher(relative.getFileName().toString());
    return relative.getNameCount() == DEPTH_OF_PIECES && file.matches()
        ? ContentKey.parse(relative.getName(0).toString(), relative.getName(1).toString())
            .map(content -> new PieceKey(content, Integer.parseInt(file.group(1))))
        : Optional.empty();
  }
}
