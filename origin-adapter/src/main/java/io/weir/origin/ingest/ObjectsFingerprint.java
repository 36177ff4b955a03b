package io.weir.origin.ingest;

import io.weir.origin.content.ContentFiles;
import io.weir.origin.source.OriginObject;
import io.weir.protocol.metainfo.TorrentDraft;
import io.weir.protocol.metainfo.TorrentFile;

/**
 * What digests belong to: which bytes, as far as the origin tells versions apart, cut and hashed in
 * which way.
 *
 * @param bytes 32 of them, the same for the same
 * @param tellsVersionsApart whether every object has a validator (RFC 9110 §8.8), so that another
 *     version would give other bytes
 */
record ObjectsFingerprint(byte[] bytes, boolean tellsVersionsApart) {
  static ObjectsFingerprint of(TorrentDraft draft, ContentFiles files) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(draft.format().name());
    fingerprint.add(draft.layout().pieceLengthBytes());
    boolean validators = true;
    for (TorrentFile file : ContentFiles.content(draft.layout())) {
      OriginObject object = files.object(file);
      String validator = object.etag() == null ? object.lastModified() : object.etag();
      file.path().forEach(fingerprint::add);
      fingerprint.add(file.lengthBytes());
      fingerprint.add(validator);
      validators &= validator != null || file.lengthBytes() == 0;
    }
    return new ObjectsFingerprint(fingerprint.digest(), validators);
  }
}
