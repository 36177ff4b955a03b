package io.weir.origin.fill;

import io.weir.origin.ingest.IngestedContent;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parts of the contents that were filled from last, so that they are not parsed for each piece.
 * Bounded by their length on disk, of which memory takes a small multiple; the one in use may be
 * longer than the bound. Any thread; who comes while another reads parts waits.
 */
final class OpenContents {
  /** Enough for the three longest torrents that there can be, or some hundred usual ones. */
  static final long MAX_ENCODED_BYTES = 32 << 20;

  private final long maxEncodedBytes;
  private final Map<IngestedContent, IngestedContent.Parts> open =
      new LinkedHashMap<>(16, 0.75f, true);
  private long encodedBytes;

  OpenContents(long maxEncodedBytes) {
    this.maxEncodedBytes = maxEncodedBytes;
  }

  synchronized IngestedContent.Parts parts(IngestedContent content) throws IOException {
    IngestedContent.Parts known = open.get(content);
    if (known != null) {
      return known;
    }
    IngestedContent.Parts read = content.read();
    encodedBytes += read.encodedBytes();
    Iterator<IngestedContent.Parts> eldest = open.values().iterator();
    while (encodedBytes > maxEncodedBytes && eldest.hasNext()) {
      encodedBytes -= eldest.next().encodedBytes();
      eldest.remove();
    }
    open.put(content, read);
    return read;
  }
}
