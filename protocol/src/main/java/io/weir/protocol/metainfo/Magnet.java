package io.weir.protocol.metainfo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A magnet link (BEP 9, BEP 52). At least one info-hash is there. Immutable, any thread.
 *
 * @param infoHash {@code xt=urn:btih:}, the v1 info-hash
 * @param infoHashV2 {@code xt=urn:btmh:}, the v2 info-hash as a SHA-256 multihash
 * @param displayName {@code dn}
 * @param trackers {@code tr}, in order
 * @param webSeeds {@code ws}, in order
 */
public record Magnet(
    @Nullable InfoHash infoHash,
    @Nullable InfoHashV2 infoHashV2,
    @Nullable String displayName,
    List<String> trackers,
    List<String> webSeeds) {
  /** The longest link that is read. */
  public static final int MAX_LINK_CHARS = 64 * 1024;

  /** The most parameters that a link may have. */
  public static final int MAX_PARAMETERS = 500;

  /** Checks that there is an info-hash, and copies. */
  public Magnet {
    if (infoHash == null && infoHashV2 == null) {
      throw new IllegalArgumentException("magnet link without an info-hash");
    }
    trackers = List.copyOf(trackers);
    webSeeds = List.copyOf(webSeeds);
  }

  /** Reads a link; parameters that are not named here are ignored. */
  public static Magnet parse(String link) throws MetainfoException {
    return MagnetReader.read(link);
  }

  /** The link, percent-encoded. */
  public String toLink() {
    StringBuilder link = new StringBuilder("magnet:?");
    if (infoHash != null) {
      link.append("xt=").append(MagnetReader.BTIH).append(infoHash.toHex());
    }
    if (infoHashV2 != null) {
      link.append(infoHash == null ? "xt=" : "&xt=");
      link.append(MagnetReader.BTMH).append(MagnetReader.SHA256_PREFIX).append(infoHashV2.toHex());
    }
    if (displayName != null) {
      link.append("&dn=").append(PercentEncoding.encode(displayName));
    }
    trackers.forEach(tracker -> link.append("&tr=").append(PercentEncoding.encode(tracker)));
    webSeeds.forEach(webSeed -> link.append("&ws=").append(PercentEncoding.encode(webSeed)));
    return link.toString();
  }
}
