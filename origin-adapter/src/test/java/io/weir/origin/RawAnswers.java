package io.weir.origin;

import io.weir.origin.source.RawOrigin.Ask;
import io.weir.origin.source.RawOrigin.Script;
import io.weir.origin.source.RawOrigin.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What a raw origin answers where its fault is elsewhere. */
final class RawAnswers {
  static final byte[] CONTENT = content();

  private static byte[] content() {
    byte[] content = new byte[FaultRow.LENGTH];
    new Random(5).nextBytes(content);
    return content;
  }

  /** HEAD, and GET with one range, as RFC 9110 has it. */
  static void good(Ask ask, Wire wire) throws IOException {
    if (ask.method().equals("HEAD")) {
      wire.head("HTTP/1.1 200 OK", "Content-Length: " + CONTENT.length, "ETag: \"v1\"");
    } else {
      partialHead(ask, wire, "Content-Length: " + (ask.end() - ask.first()));
      wire.bytes(CONTENT, ask.first(), ask.end());
    }
    wire.keep();
  }

  /** A good 206 but for how its body is framed. */
  static void partialHead(Ask ask, Wire wire, String framing) throws IOException {
    String range = "bytes " + ask.first() + "-" + (ask.end() - 1) + "/" + CONTENT.length;
    wire.head("HTTP/1.1 206 Partial Content", "ETag: \"v1\"", "Content-Range: " + range, framing);
  }

  /** HEADs are answered well, GETs by the script. */
  static Script onGet(Script script) {
    return (ask, wire) -> {
      if (ask.method().equals("HEAD")) {
        good(ask, wire);
      } else {
        script.answer(ask, wire);
      }
    };
  }

  /** The first GET by the script, everything else well. */
  static Script onFirstGet(Script script) {
    return onGet(
        (ask, wire) -> {
          if (ask.number() == 2) {
            script.answer(ask, wire);
          } else {
            good(ask, wire);
          }
        });
  }

  static void chunk(Wire wire, byte[] bytes, int from, int to) throws IOException {
    wire.bytes((Integer.toHexString(to - from) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    wire.bytes(bytes, from, to);
    wire.bytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  static void lastChunk(Wire wire) throws IOException {
    wire.bytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private RawAnswers() {}
}
