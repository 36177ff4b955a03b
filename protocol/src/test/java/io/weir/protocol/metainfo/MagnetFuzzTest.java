package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is a magnet link or is refused by name; a link that was read reads the same again. */
class MagnetFuzzTest {
  static Stream<byte[]> seeds() {
    String v1 = "xt=urn:btih:" + "ab".repeat(20);
    return Stream.of(
            "magnet:?" + v1 + "&dn=the+film%20%e2%98%83&tr.1=udp%3A%2F%2Ft%3A1&ws=http://w/%25",
            "magnet:?xt.1=urn:btih:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U",
            "magnet:?" + v1 + "&xt=urn:btmh:1220" + "0f".repeat(32),
            "magnet:?" + v1 + "&dn=%zz")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void linkIsRefusedByNameOrReadsTheSameAgain(byte[] utf8) throws MetainfoException {
    Magnet magnet;
    try {
      magnet = Magnet.parse(new String(utf8, StandardCharsets.UTF_8));
    } catch (MetainfoException refused) {
      assertTrue(refused.getMessage().contains(": "), refused.getMessage());
      return;
    }
    String link = magnet.toLink();
    if (link.length() <= Magnet.MAX_LINK_CHARS) {
      assertEquals(magnet, Magnet.parse(link));
    }
  }
}
