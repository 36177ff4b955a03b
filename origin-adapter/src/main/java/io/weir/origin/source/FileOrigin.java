package io.weir.origin.source;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files below the allowed roots. Their entity tag is made of length, time and file key, and is
 * compared before a range is read and after. Whoever may rename within a root is trusted not to
 * swap a file for a link or a pipe between the check and the open.
 */
final class FileOrigin implements Origin {
  private final OriginAllowList allowList;

  FileOrigin(OriginAllowList allowList) {
    this.allowList = allowList;
  }

  @Override
  public OriginObject probe(URI url) throws OriginException {
    try {
      return describe(url, locate(url));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public OriginBody open(URI url, OriginObject pinned, ByteRange range) throws OriginException {
    try {
      Path file = locate(url);
      requireSame(url, file, pinned);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      channel.position(range.first());
      return new OriginBody(
          Channels.newInputStream(channel), range, () -> requireSame(url, file, pinned), channel);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Path locate(URI url) throws IOException, OriginException {
    String refusal = allowList.refusal(url);
    if (refusal != null) {
      throw new OriginException(Fault.REFUSED, refusal);
    }
    Path file = pathOf(url).toRealPath();
    if (!OriginAllowList.allows(file, realRoots())) {
      throw new OriginException(Fault.REFUSED, "the file lies in no allowed root");
    }
    if (!Files.isRegularFile(file)) {
      throw new OriginException(Fault.REFUSED, "not a regular file");
    }
    return file;
  }

  private static Path pathOf(URI url) throws OriginException {
    try {
      return Path.of(url);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new OriginException(Fault.REFUSED, "not a file URL: " + e.getMessage(), e);
    }
  }

  private List<Path> realRoots() throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path root : allowList.roots()) {
      if (Files.isDirectory(root)) {
        real.add(root.toRealPath());
      }
    }
    return real;
  }

  private static OriginObject describe(URI url, Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    String etag =
        String.format(
            "\"%d-%s-%s\"", attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    return new OriginObject(url.toString(), attributes.size(), etag, null);
  }

  private static void requireSame(URI url, Path file, OriginObject pinned)
      throws IOException, OriginException {
    OriginObject found = describe(url, file);
    @Nullable String etag = found.etag();
    if (found.lengthBytes() != pinned.lengthBytes()
        || etag == null
        || !etag.equals(pinned.etag())) {
      throw new OriginException(Fault.CHANGED, "the file is no longer the one that was hashed");
    }
  }

  private static OriginException unreadable(IOException e) {
    return e instanceof NoSuchFileException
        ? new OriginException(Fault.REJECTED, "no such file", e)
        : new OriginException(Fault.UNREACHABLE, "cannot read the file: " + e.getMessage(), e);
  }
}
