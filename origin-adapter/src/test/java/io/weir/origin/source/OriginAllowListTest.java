package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginAllowListTest {
  private static final OriginAllowList LIST =
      new OriginAllowList(
          List.of("origin.example", "*.cdn.example", "192.0.2.1", "2001:db8::1"), List.of(), false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://origin.example/a              | true
          https://origin.example:8443/a?b=c    | true
          HTTP://ORIGIN.EXAMPLE/a              | true
          http://sub.origin.example/a          | false
          http://origin.example.evil/a         | false
          http://evilorigin.example/a          | false
          http://a.cdn.example/                | true
          http://a.b.cdn.example/              | true
          http://cdn.example/                  | false
          http://.cdn.example/                 | false
          http://evilcdn.example/              | false
          http://192.0.2.1/                    | true
          http://192.0.2.10/                   | false
          http://[2001:db8::1]/                | true
          http://[2001:db8::2]/                | false
          http://origin.example@evil.example/  | false
          http://user:pass@origin.example/     | false
          http://2130706433/                   | false
          http://0x7f000001/                   | false
          http://0x7f.1/                       | false
          http://127.1/                        | false
          http://192.0.2.01/                   | false
          http://0300.0.2.1/                   | false
          http://[::ffff:192.0.2.1]/           | false
          http://192.0.2.1./                   | false
          http://origin.example./              | false
          ftp://origin.example/                | false
          gopher://origin.example/             | false
          http:///a                            | false
          origin.example/a                     | false
          file:///srv/film                     | true
          file://host/srv/film                 | false
          """)
  void urlIsAllowedByItsHost(String url, boolean allowed) {
    assertEquals(allowed, parsed(url) && LIST.refusal(URI.create(url)) == null, url);
  }

  /** Some of the table are refused by the URI grammar already. */
  private static boolean parsed(String url) {
    try {
      URI.create(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "a*b",
        "http://a",
        "a b",
        "*.*.a",
        "2130706433",
        "127.1",
        "0x7f.1",
        "010.0.0.1",
        "*.1",
        "[::1",
        "a..b",
        "fe80::1%lo"
      })
  void patternThatIsNoHostIsRefused(String pattern) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new OriginAllowList(List.of(pattern), List.of(), false));
  }

  @Test
  void privateAddressIsAllowedOnlyWhereTheListSaysSo() {
    InetAddress loopback = InetAddress.getLoopbackAddress();

    assertFalse(LIST.allows(loopback));
    assertTrue(new OriginAllowList(List.of(), List.of(), true).allows(loopback));
  }

  @Test
  void fileIsAllowedBelowARootOnly() {
    List<Path> roots = List.of(Path.of("/srv/films"));

    assertTrue(OriginAllowList.allows(Path.of("/srv/films/a/b"), roots));
    assertFalse(OriginAllowList.allows(Path.of("/srv/films2/a"), roots));
    assertFalse(OriginAllowList.allows(Path.of("/srv"), roots));
  }
}
