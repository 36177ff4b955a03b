package io.weir.edge.http;

import io.weir.edge.cache.CachedContent;
import io.weir.protocol.metainfo.TorrentFile;

/**
 * A file that a request has selected, with what its answers say of it (RFC 9110 §3.2). Immutable.
 *
 * @param content where its bytes are asked for
 * @param file which of the content's files
 * @param tag its strong entity tag
 * @param mediaType its Content-Type
 */
record Representation(CachedContent content, TorrentFile file, EntityTag tag, String mediaType) {
  static Representation of(CachedContent content, TorrentFile file) {
    return new Representation(
        content,
        file,
        EntityTag.of(content, file),
        MediaTypes.of(file.path().get(file.path().size() - 1)));
  }

  long lengthBytes() {
    return file.lengthBytes();
  }

  /** The stretch of the content that is this range of the file. */
  BodyPart.Stretch stretch(ByteRange range) {
    return new BodyPart.Stretch(file.offsetBytes() + range.first(), range.lengthBytes());
  }

  /** The whole file, which has a byte or more. */
  BodyPart.Stretch whole() {
    return new BodyPart.Stretch(file.offsetBytes(), file.lengthBytes());
  }
}
