package io.weir.edge.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The body that carries several ranges of one file: {@code multipart/byteranges} (RFC 9110 §14.6).
 *
 * @param boundary what separates the parts, not to be found in the file but by chance
 * @param parts separators and stretches, in order
 */
record MultipartByteRanges(String boundary, List<BodyPart> parts) {
  static MultipartByteRanges of(String boundary, List<ByteRange> ranges, Representation file) {
    List<BodyPart> parts = new ArrayList<>(2 * ranges.size() + 1);
    String lead = "";
    for (ByteRange range : ranges) {
      parts.add(
          literal(
              "%s--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
                  .formatted(
                      lead, boundary, file.mediaType(), contentRange(range, file.lengthBytes()))));
      parts.add(file.stretch(range));
      lead = "\r\n";
    }
    parts.add(literal("\r\n--" + boundary + "--\r\n"));
    return new MultipartByteRanges(boundary, parts);
  }

  /** The value of Content-Range for a satisfied range (§14.4). */
  static String contentRange(ByteRange range, long fileLengthBytes) {
    return "bytes " + range.first() + '-' + range.last() + '/' + fileLengthBytes;
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  private static BodyPart literal(String text) {
    return new BodyPart.Literal(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
