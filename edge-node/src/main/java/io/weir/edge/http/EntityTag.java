package io.weir.edge.http;

import io.weir.edge.cache.CachedContent;
import io.weir.protocol.metainfo.TorrentFile;
import org.jspecify.annotations.Nullable;

/**
 * A strong entity tag (RFC 9110 §8.8.3) and the conditions that name one. Two files with one tag
 * are equal byte for byte, since the tag names the hash of the torrent and the file in it.
 *
 * @param value with its quotes; neither quote nor comma between them
 */
record EntityTag(String value) {
  /** What becomes of a request with conditions (RFC 9110 §13.2.2). */
  enum Verdict {
    PROCEED,
    NOT_MODIFIED,
    PRECONDITION_FAILED
  }

  static EntityTag of(CachedContent content, TorrentFile file) {
    return new EntityTag(
        '"'
            + content.metainfo().swarmHash().toHex()
            + '-'
            + file.index()
            + '-'
            + content.contentVersion()
            + '"');
  }

  /**
   * Judges If-Match, by strong comparison, then If-None-Match, by weak comparison. Conditions on
   * dates are ignored, as they must be where a file has no modification date (§13.1.3, §13.1.4).
   */
  Verdict judge(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    if (ifMatch != null && !isListed(ifMatch, false)) {
      return Verdict.PRECONDITION_FAILED;
    }
    if (ifNoneMatch != null && isListed(ifNoneMatch, true)) {
      return Verdict.NOT_MODIFIED;
    }
    return Verdict.PROCEED;
  }

  /**
   * Whether a Range header counts beside this If-Range (§13.1.5): where there is none, or it is
   * this tag. A date never matches a file without a modification date.
   */
  boolean allowsRange(@Nullable String ifRange) {
    return ifRange == null || ifRange.strip().equals(value);
  }

  private boolean isListed(String list, boolean weakly) {
    for (String element : list.split(",", -1)) {
      String tag = element.strip();
      if (tag.equals("*") || tag.equals(value) || (weakly && tag.equals("W/" + value))) {
        return true;
      }
    }
    return false;
  }
}
