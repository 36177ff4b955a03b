package io.weir.edge.control;

import io.weir.protocol.control.Assignment.AssignedContent;
import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.metainfo.InfoHashV2;
import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metainfo of assigned contents, from memory, from disk or from the control plane, whichever
 * has it first. What does not have the assigned info-hashes is never given out. One thread at a
 * time.
 */
final class MetainfoShelf {
  private static final Logger log = LoggerFactory.getLogger(MetainfoShelf.class);

  private final AssignmentFiles files;
  private final ControlPlaneClient controlPlane;
  private final Map<ContentVersion, Metainfo> known = new HashMap<>();

  MetainfoShelf(AssignmentFiles files, ControlPlaneClient controlPlane) {
    this.files = files;
    this.controlPlane = controlPlane;
  }

  /** The metainfo from memory or disk, null where neither has the right one. */
  @Nullable Metainfo find(AssignedContent content) {
    ContentVersion version = ContentVersion.of(content);
    Metainfo metainfo = known.get(version);
    if (metainfo == null) {
      byte[] torrent = files.metainfo(version);
      metainfo = torrent == null ? null : parse(content, torrent, "disk");
    }
    if (metainfo == null || !matches(content, metainfo)) {
      return null;
    }
    known.put(version, metainfo);
    return metainfo;
  }

  /** Sees to it that {@link #find} finds, asking the control plane where it would not. */
  void fetch(AssignedContent content) throws InterruptedException {
    if (find(content) != null) {
      return;
    }
    ContentVersion version = ContentVersion.of(content);
    try {
      byte[] torrent = controlPlane.metainfo(version);
      Metainfo metainfo = parse(content, torrent, "control plane");
      if (metainfo != null) {
        files.save(version, torrent);
        known.put(version, metainfo);
      }
    } catch (IOException e) {
      log.warn(
          "metainfo not fetched content={} version={} cause={}",
          version.contentId(),
          version.version(),
          e.getMessage());
    }
  }

  /** Forgets every other version, on disk too. */
  void keepOnly(Set<ContentVersion> contents) throws IOException {
    known.keySet().retainAll(contents);
    files.keepOnly(contents);
  }

  private static @Nullable Metainfo parse(AssignedContent content, byte[] torrent, String from) {
    String fault;
    try {
      Metainfo metainfo = Metainfo.parse(torrent);
      if (matches(content, metainfo)) {
        return metainfo;
      }
      fault = "its info-hash is not the assigned one";
    } catch (MetainfoException e) {
      fault = String.valueOf(e.getMessage());
    }
    log.warn(
        "metainfo refused content={} version={} from={} cause={}",
        content.contentId(),
        content.contentVersion(),
        from,
        fault);
    return null;
  }

  private static boolean matches(AssignedContent content, Metainfo metainfo) {
    InfoHash v1 = metainfo.infoHash();
    InfoHashV2 v2 = metainfo.infoHashV2();
    return isHex(content.infoHash(), v1 == null ? null : v1.toHex())
        && isHex(content.infoHashV2(), v2 == null ? null : v2.toHex());
  }

  private static boolean isHex(@Nullable String assigned, @Nullable String actual) {
    return assigned == null ? actual == null : assigned.equalsIgnoreCase(actual);
  }
}
