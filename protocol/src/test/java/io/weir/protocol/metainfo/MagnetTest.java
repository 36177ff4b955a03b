package io.weir.protocol.metainfo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetTest {
  private static final String V1 = "38d272bb955d371f2bf838dfa631dd23c8905485";
  private static final String V2 =
      "264b25794dfcd65d48ac8e64d44a6ce48f67c0bf1fe6bbf0999f8fe605457f4d";

  @Test
  void everythingSurvivesTheRoundTrip() throws MetainfoException {
    Magnet magnet =
        new Magnet(
            InfoHash.fromHex(V1),
            InfoHashV2.fromHex(V2),
            "Füße & + 100% = ok?",
            List.of("udp://[::1]:6969", "http://t/announce?k=a+b&c=d"),
            List.of("http://edge:8080/c/film/"));
    assertEquals(magnet, Magnet.parse(magnet.toLink()));
  }

  @Test
  void linkIsWrittenWithNothingUnencoded() {
    assertEquals(
        "magnet:?xt=urn:btih:"
            + V1
            + "&xt=urn:btmh:1220"
            + V2
            + "&dn=a%20b%26c%2B%C3%A9&tr=udp%3A%2F%2Ft%3A6969&ws=http%3A%2F%2Fw%2F",
        new Magnet(
                InfoHash.fromHex(V1),
                InfoHashV2.fromHex(V2),
                "a b&c+é",
                List.of("udp://t:6969"),
                List.of("http://w/"))
            .toLink());
    assertEquals(
        "magnet:?xt=urn:btmh:1220" + V2,
        new Magnet(null, InfoHashV2.fromHex(V2), null, List.of(), List.of()).toLink());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "magnet:?xt=urn:btih:38d272bb955d371f2bf838dfa631dd23c8905485",
        "MAGNET:?xt=URN:BTIH:38D272BB955D371F2BF838DFA631DD23C8905485",
        "magnet:?xt=urn%3Abtih%3A38d272bb955d371f2bf838dfa631dd23c8905485",
        "magnet:?xt.1=urn:btih:38d272bb955d371f2bf838dfa631dd23c8905485",
        "magnet:?xt=urn:btih:HDJHFO4VLU3R6K7YHDP2MMO5EPEJAVEF",
        "magnet:?xt=urn:btih:hdjhfo4vlu3r6k7yhdp2mmo5epejavef",
        "magnet:?&&x&=&xt=urn:sha1:ABC&xt=urn:btih:38d272bb955d371f2bf838dfa631dd23c8905485&x.pe=h"
      })
  void sameHashInManySpellings(String link) throws MetainfoException {
    Magnet magnet = Magnet.parse(link);
    assertEquals(InfoHash.fromHex(V1), magnet.infoHash());
    assertNull(magnet.infoHashV2());
    assertNull(magnet.displayName());
  }

  @Test
  void plusIsASpaceInNamesAndAPlusInUrls() throws MetainfoException {
    Magnet magnet =
        Magnet.parse("magnet:?xt=urn:btih:" + V1 + "&dn=a+b%2Bc&tr.1=http://t/a+b&tr.2=udp://u");
    assertEquals("a b+c", magnet.displayName());
    assertEquals(List.of("http://t/a+b", "udp://u"), magnet.trackers());
  }

  @ParameterizedTest
  @CsvSource({
    "http://example/, magnet: does not begin with magnet:?",
    "magnet:?dn=x, xt: no info-hash",
    "magnet:?xt=urn:btih:38d2, xt: btih is neither 40 hex digits nor 32 of base 32",
    "magnet:?xt=urn:btih:11111111111111111111111111111111, xt: btih is neither 40 hex digits nor 32 of base 32",
    "magnet:?xt=urn:btih:zzd272bb955d371f2bf838dfa631dd23c8905485, xt: btih is neither 40 hex digits nor 32 of base 32",
    "magnet:?xt=urn:btmh:1114aa, xt: btmh is not a SHA-256 multihash",
    "magnet:?xt=urn:btmh:1220aa, xt: btmh is not 64 hex digits after its prefix",
    "magnet:?xt=urn:btih:38d272bb955d371f2bf838dfa631dd23c8905485&xt=urn:btih:00d272bb955d371f2bf838dfa631dd23c8905485, xt: two different v1 info-hashes",
    "magnet:?dn=%, dn: broken percent-encoding",
    "magnet:?dn=%4, dn: broken percent-encoding",
    "magnet:?dn=%zz, dn: broken percent-encoding",
    "magnet:?tr=%ff, tr: not UTF-8",
  })
  void brokenLinksHaveTheirNamedFault(String link, String fault) {
    assertEquals(
        fault, assertThrows(MetainfoException.class, () -> Magnet.parse(link)).getMessage());
  }

  @Test
  void linksAreBounded() throws MetainfoException {
    String head = "magnet:?xt=urn:btih:" + V1;
    assertEquals(
        Magnet.MAX_PARAMETERS - 1,
        Magnet.parse(head + "&tr=u".repeat(Magnet.MAX_PARAMETERS - 1)).trackers().size());
    assertEquals(
        "magnet: more than 500 parameters",
        assertThrows(
                MetainfoException.class,
                () -> Magnet.parse(head + "&tr=u".repeat(Magnet.MAX_PARAMETERS)))
            .getMessage());
    assertEquals(
        "magnet: longer than 65536 characters",
        assertThrows(
                MetainfoException.class,
                () -> Magnet.parse(head + "&dn=" + "x".repeat(Magnet.MAX_LINK_CHARS)))
            .getMessage());
  }

  @Test
  void linkNeedsAnInfoHash() {
    assertThrows(
        IllegalArgumentException.class, () -> new Magnet(null, null, "x", List.of(), List.of()));
  }
}
