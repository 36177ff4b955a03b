package io.weir.origin.content;

import io.weir.origin.source.OriginException;
import io.weir.origin.source.OriginObject;
import io.weir.protocol.control.OriginLocation;
import io.weir.protocol.metainfo.FileLayout;
import io.weir.protocol.metainfo.PercentEncoding;
import io.weir.protocol.metainfo.TorrentFile;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;

/** The files of a torrent, each with the object that it is read from. Any thread. */
public final class ContentFiles {
  private static final int MAX_PRINTED_CHARS = 128;

  private final OriginLocation location;
  private final FileLayout layout;

  /** By file index; null for padding, which is nowhere. */
  private final AtomicReferenceArray<OriginObject> pinned;

  /**
   * Pins each file to an object.
   *
   * @param layout of the torrent
   * @param objects one for each file that is not padding, in order
   * @throws IllegalArgumentException if these are more or fewer
   */
  public ContentFiles(OriginLocation location, FileLayout layout, List<OriginObject> objects) {
    this.location = location;
    this.layout = layout;
    this.pinned = new AtomicReferenceArray<>(layout.files().size());
    List<TorrentFile> content = content(layout);
    if (content.size() != objects.size()) {
      throw new IllegalArgumentException(
          objects.size() + " objects for " + content.size() + " files");
    }
    for (int i = 0; i < content.size(); i++) {
      pinned.set(content.get(i).index(), objects.get(i));
    }
  }

  /** The files that have bytes at the origin: all but padding. */
  public static List<TorrentFile> content(FileLayout layout) {
    return layout.files().stream().filter(file -> !file.padding()).toList();
  }

  /**
   * Where a file is read from.
   *
   * @param path below the torrent's name, decoded
   */
  public static URI url(OriginLocation location, List<String> path) {
    if (location.url() != null) {
      return URI.create(location.url());
    }
    return URI.create(
        path.stream()
            .map(PercentEncoding::encode)
            .collect(
                Collectors.joining("/", Objects.requireNonNull(location.baseUrl(), "base"), "")));
  }

  /** What the pieces are made of. */
  public FileLayout layout() {
    return layout;
  }

  /** Where a file that is not padding is read from. */
  public URI url(TorrentFile file) {
    return url(location, file.path());
  }

  /** The version of a file, which is not padding, that may be read. */
  public OriginObject object(TorrentFile file) {
    return Objects.requireNonNull(pinned.get(file.index()), "padding has no object");
  }

  /** Reads a file from another version from now on. */
  public void repin(TorrentFile file, OriginObject object) {
    pinned.set(file.index(), object);
  }

  /** A fault of one of many files, with the file's name in it. */
  OriginException naming(TorrentFile file, OriginException fault) {
    return naming(location, file.path(), fault);
  }

  /**
   * A fault of one file, with its name in it where there may be others.
   *
   * @param path below the torrent's name, decoded
   */
  public static OriginException naming(
      OriginLocation location, List<String> path, OriginException fault) {
    if (location.url() != null) {
      return fault;
    }
    OriginException named =
        new OriginException(fault.fault(), printable(path) + ": " + fault.getMessage());
    named.initCause(fault);
    return named;
  }

  /** A path for people to read, whatever is in it, and not too much of it. */
  public static String printable(List<String> path) {
    String joined = String.join("/", path).replaceAll("\\p{Cntrl}", "?");
    return joined.length() <= MAX_PRINTED_CHARS
        ? "'" + joined + "'"
        : "'" + joined.substring(0, MAX_PRINTED_CHARS) + "…'";
  }
}
