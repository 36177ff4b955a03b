package io.weir.control.ingest;

import io.weir.control.catalogue.SourceSummary;
import io.weir.protocol.metainfo.Metainfo;
import org.jspecify.annotations.Nullable;

/** Whether a metainfo is that of the source which an adapter was asked to read; pure. */
final class MetainfoCheck {
  private MetainfoCheck() {}

  /** Why it is not, for people; null where it is. */
  static @Nullable String refusal(SourceSummary source, Metainfo metainfo) {
    if (!metainfo.name().equals(source.name().value())) {
      return "the origin adapter's metainfo carries another name: " + metainfo.name();
    }
    if (metainfo.multiFile() != source.origin().isBase()) {
      return "the origin adapter's metainfo is "
          + (metainfo.multiFile() ? "multi-file" : "single-file")
          + ", which the source is not";
    }
    long files = metainfo.files().stream().filter(file -> !file.padding()).count();
    return files == source.fileCount()
        ? null
        : "the origin adapter's metainfo has " + files + " files, not " + source.fileCount();
  }
}
