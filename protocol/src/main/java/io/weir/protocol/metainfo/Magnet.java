package io.weir.protocol.metainfo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** STUB. A magnet link (BEP 9, BEP 52): xt btih/btmh, dn, tr, ws. */
public record Magnet(
    @Nullable InfoHash infoHash,
    @Nullable InfoHashV2 infoHashV2,
    @Nullable String displayName,
    List<String> trackers,
    List<String> webSeeds) {
  /** Reads a link. */
  public static Magnet parse(String link) throws MetainfoException {
    throw new UnsupportedOperationException();
  }

  /** The link, percent-encoded. */
  public String toLink() {
    throw new UnsupportedOperationException();
  }
}
