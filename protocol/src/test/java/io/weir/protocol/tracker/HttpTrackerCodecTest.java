package io.weir.protocol.tracker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTrackerCodecTest {
  /** 20 bytes, with a plus sign and a lower-case escape: 00 25 2b 26 ff 7f 3d 20 41 80…. */
  private static final String HASH =
      "info_hash=%00%25+%26%ff%7F%3D%20A%80%80%80%80%80%80%80%80%80%80%80";

  private static final String REST = "&peer_id=-WR0010-abcdefghijkl&port=6881";
  private static final String MINIMAL = HASH + REST;

  @Test
  void minimalAnnounceHasDefaults() throws Exception {
    assertEquals(
        new AnnounceRequest(Samples.HASH, Samples.PEER_ID, 0, -1, 0, Event.NONE, 0, -1, 6881, true),
        HttpTrackerCodec.parseAnnounce(MINIMAL));
  }

  @Test
  void everyFieldIsRead() throws Exception {
    assertEquals(
        new AnnounceRequest(
            Samples.HASH, Samples.PEER_ID, 1, 3, 2, Event.COMPLETED, 0x8badf00d, 50, 6881, false),
        HttpTrackerCodec.parseAnnounce(
            "ip=10.0.0.1&ipv6=fd00::1&no_peer_id=1&"
                + MINIMAL
                + "&downloaded=1&uploaded=2&left=3&event=completed&key=8BADF00D&numwant=50"
                + "&compact=0&supportcrypto=1&trackerid=%zz&&x&="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "&left=0|0",
        "&left=-1|-1",
        "&left=|-1",
        "&left=18446744073709551615|-1",
        "&left=9223372036854775807|9223372036854775807"
      })
  void whatIsLeftMayBeUnknown(String field, long left) throws Exception {
    assertEquals(left, HttpTrackerCodec.parseAnnounce(MINIMAL + field).leftBytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|NONE",
        "&event=|NONE",
        "&event=empty|NONE",
        "&event=paused|NONE",
        "&event=started|STARTED",
        "&event=stopped|STOPPED",
        "&event=%73topped|STOPPED"
      })
  void eventsOfBep3AndBep21(String field, Event event) throws Exception {
    String query = field == null ? MINIMAL : MINIMAL + field;
    assertEquals(event, HttpTrackerCodec.parseAnnounce(query).event());
  }

  @Test
  void anyTextIsAKey() throws Exception {
    int key = HttpTrackerCodec.parseAnnounce(MINIMAL + "&key=kD9x-%20q").key();
    assertEquals(key, HttpTrackerCodec.parseAnnounce(MINIMAL + "&key=%6bD9x-%20q").key());
  }

  @Test
  void hugeNumWantIsCut() throws Exception {
    assertEquals(
        Integer.MAX_VALUE,
        HttpTrackerCodec.parseAnnounce(MINIMAL + "&numwant=99999999999").numWant());
    assertEquals(-1, HttpTrackerCodec.parseAnnounce(MINIMAL + "&numwant=-7").numWant());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|info_hash: missing",
        "&&&|info_hash: missing",
        "info_hash|info_hash: missing",
        "info_hash=|info_hash: 0 bytes, not 20",
        "info_hash=abc" + REST + "|info_hash: 3 bytes, not 20",
        HASH + "a" + REST + "|info_hash: 21 bytes, not 20",
        "info_hash=%" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=%f" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=%fg" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=%-1" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=%%20" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=aaaaaaaaaaaaaaaaaaa\u0100" + REST + "|info_hash: malformed percent-encoding",
        "info_hash=%\uff11\uff11" + REST + "|info_hash: malformed percent-encoding",
        HASH + "&" + HASH + REST + "|info_hash: given more than once",
        "INFO_HASH=aaaaaaaaaaaaaaaaaaaa" + REST + "|info_hash: missing",
        "info_hashes=aaaaaaaaaaaaaaaaaaaa" + REST + "|info_hash: missing",
        HASH + "|peer_id: missing",
        HASH + "&peer_id=abc&port=1|peer_id: 3 bytes, not 20",
        HASH + "&peer_id=%zz&port=1|peer_id: malformed percent-encoding",
        MINIMAL + "&peer_id=-WR0010-abcdefghijkl|peer_id: given more than once",
        HASH + "&peer_id=-WR0010-abcdefghijkl|port: missing",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=|port: missing",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=x|port: not a number",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=68 81|port: not a number",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=0|port: not within 1 to 65535",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=-1|port: not within 1 to 65535",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=65536|port: not within 1 to 65535",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=4294967297|port: not within 1 to 65535",
        HASH + "&peer_id=-WR0010-abcdefghijkl&port=99999999999999999999|port: not a number",
        MINIMAL + "&downloaded=-1|downloaded: negative",
        MINIMAL + "&uploaded=-1|uploaded: negative",
        MINIMAL + "&downloaded=1.5|downloaded: not a number",
        MINIMAL + "&uploaded=0x10|uploaded: not a number",
        MINIMAL + "&uploaded=9223372036854775808|uploaded: not a number",
        MINIMAL + "&left=many|left: not a number",
        MINIMAL + "&left=18446744073709551616|left: not a number",
        MINIMAL + "&left=1&left=2|left: given more than once",
        MINIMAL + "&numwant=all|numwant: not a number",
        MINIMAL + "&numwant=%|numwant: malformed percent-encoding",
        MINIMAL + "&event=resumed|event: unknown",
        MINIMAL + "&event=Started|event: unknown",
        MINIMAL + "&key=%e|key: malformed percent-encoding",
        MINIMAL + "&compact=%|compact: malformed percent-encoding",
        MINIMAL + "&compact=1&compact=0|compact: given more than once",
      })
  void malformedQueryIsRefusedByName(String query, String fault) {
    TrackerException e =
        assertThrows(TrackerException.class, () -> HttpTrackerCodec.parseAnnounce(query));
    assertEquals(fault, e.getMessage());
  }

  @Test
  void longQueryIsRefused() throws Exception {
    String padding = "&x=" + "a".repeat(HttpTrackerCodec.MAX_QUERY_CHARS - MINIMAL.length() - 3);
    HttpTrackerCodec.parseAnnounce(MINIMAL + padding);
    TrackerException e =
        assertThrows(
            TrackerException.class, () -> HttpTrackerCodec.parseAnnounce(MINIMAL + padding + "a"));
    assertEquals("query: too long", e.getMessage());
  }

  @Test
  void everyAnnounceSurvivesAQuery() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      AnnounceRequest request = Samples.randomRequest(random, random.nextBoolean());
      String query = HttpTrackerCodec.formatAnnounce(request);
      assertEquals(request, HttpTrackerCodec.parseAnnounce(query), "seed=" + seed);
    }
  }

  @Test
  void damagedQueryIsReadOrATrackerException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String whole = MINIMAL + "&downloaded=1&uploaded=2&left=3&event=started&numwant=50&compact=1";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder query = new StringBuilder(whole);
      for (int edits = 1 + random.nextInt(5); edits > 0; edits--) {
        query.setCharAt(
            random.nextInt(query.length()),
            "%&=+-0aF\u00ff\u0100\u0000 ".charAt(random.nextInt(12)));
      }
      query.setLength(random.nextInt(query.length() + 1));
      try {
        HttpTrackerCodec.parseScrape(query.toString());
      } catch (TrackerException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
      try {
        HttpTrackerCodec.parseAnnounce(query.toString());
      } catch (TrackerException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  @Test
  void scrapeTakesSeveralHashesInOrder() throws Exception {
    assertEquals(
        List.of(
            Samples.HASH, InfoHash.of("aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII))),
        HttpTrackerCodec.parseScrape("x=1&" + HASH + "&info_hash=aaaaaaaaaaaaaaaaaaaa"));
  }

  @Test
  void scrapeIsBounded() throws Exception {
    String most = (HASH + "&").repeat(HttpTrackerCodec.MAX_SCRAPE_HASHES);
    assertEquals(64, HttpTrackerCodec.parseScrape(most).size());
    TrackerException e =
        assertThrows(TrackerException.class, () -> HttpTrackerCodec.parseScrape(most + HASH));
    assertEquals("info_hash: more than 64", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|info_hash: missing",
        "x=1|info_hash: missing",
        "info_hash|info_hash: missing",
        "info_hash=|info_hash: 0 bytes, not 20",
        "info_hash=abc|info_hash: 3 bytes, not 20",
        HASH + "&info_hash=abc|info_hash: 3 bytes, not 20",
        HASH + "%00|info_hash: 21 bytes, not 20",
        "info_hash=%|info_hash: malformed percent-encoding",
      })
  void malformedScrapeIsRefusedByName(String query, String fault) {
    TrackerException e =
        assertThrows(TrackerException.class, () -> HttpTrackerCodec.parseScrape(query));
    assertEquals(fault, e.getMessage());
  }

  /** BEP 3 and 23 (peers), BEP 7 (peers6), BEP 3 (list of dictionaries). */
  @Test
  void goldenReplies() {
    AnnounceResponse response =
        new AnnounceResponse(
            1800, 1, 2, List.of(Samples.peer("10.0.0.7", 6881), Samples.peer("2001:db8::7", 80)));
    String counts = "d8:completei1e10:incompletei2e8:intervali1800e12:min intervali900e";
    assertReply(
        counts
            + "5:peers6:\n\0\0\u0007\u001a\u00e16:peers618:"
            + " \u0001\r\u00b8\0\0\0\0\0\0\0\0\0\0\0\u0007\0Pe",
        HttpTrackerCodec.encodeAnnounce(response, true));
    assertReply(
        counts
            + "5:peersld2:ip8:10.0.0.74:porti6881eed2:ip20:2001:db8:0:0:0:0:0:7"
            + "4:porti80eeee",
        HttpTrackerCodec.encodeAnnounce(response, false));
    assertReply(
        "d8:completei0e10:incompletei0e8:intervali60e12:min intervali30e5:peers0:e",
        HttpTrackerCodec.encodeAnnounce(new AnnounceResponse(60, 0, 0, List.of()), true));
    assertReply("d14:failure reason7:unknowne", HttpTrackerCodec.encodeFailure("unknown"));
  }

  /** BEP 48. */
  @Test
  void goldenScrape() {
    InfoHash hash = InfoHash.of("aaaaaaaaaaaaaaaaaaaa".getBytes(StandardCharsets.US_ASCII));
    assertReply(
        "d5:filesd20:aaaaaaaaaaaaaaaaaaaad8:completei5e10:downloadedi50e10:incompletei10eeee",
        HttpTrackerCodec.encodeScrape(Map.of(hash, new ScrapeStats(5, 50, 10))));
    assertReply("d5:filesdee", HttpTrackerCodec.encodeScrape(Map.of()));
  }

  @Test
  void everyReplySurvives() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      AnnounceResponse response = Samples.randomResponse(random, true, true);
      byte[] body = HttpTrackerCodec.encodeAnnounce(response, random.nextBoolean());
      assertEquals(response, HttpTrackerCodec.decodeAnnounce(body), "seed=" + seed);
    }
  }

  @Test
  void namesAndPortlessPeersAreDroppedWithoutAResolver() throws Exception {
    assertEquals(
        List.of(Samples.peer("10.0.0.7", 1), Samples.peer("fd00::7", 2)),
        decode(
                "d8:intervali1e5:peersl"
                    + "d2:ip8:10.0.0.74:porti1ee"
                    + "d2:ip7:fd00::74:porti2ee"
                    + "d2:ip8:10.0.0.74:porti0ee"
                    + "d2:ip9:localhost4:porti1ee"
                    + "d2:ip9:999.0.0.14:porti1ee"
                    + "d2:ip7:127.0.14:porti1ee"
                    + "d2:ip3::::4:porti1ee"
                    + "d2:ip1:14:porti1eeee")
            .peers());
  }

  @Test
  void replyMayBeUnsortedAndCarryMore() throws Exception {
    assertEquals(
        new AnnounceResponse(9, 0, 0, List.of()),
        decode(
            "d8:intervali9e5:peers0:10:tracker id1:x11:external ip4:abcd15:warning message1:we"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|announce reply: input ends inside a value at byte 0",
        "<html>|announce reply: unexpected byte at byte 0",
        "le|announce reply: value has the wrong type at byte 0",
        "de|announce reply: interval: key is missing",
        "d8:interval1:9e|announce reply: interval: value has the wrong type",
        "d8:intervali-1ee|announce reply: interval: integer is out of range",
        "d8:intervali2147483648ee|announce reply: interval: integer is out of range",
        "d8:completei-1e8:intervali1ee|announce reply: complete: integer is out of range",
        "d8:intervali1e5:peersi1ee|announce reply: peers: neither a string nor a list",
        "d8:intervali1e5:peers5:abcdee|peers: 5 bytes are not entries of 6",
        "d8:intervali1e6:peers617:abcdefghijklmnopqe|peers: 17 bytes are not entries of 18",
        "d8:intervali1e6:peers6lee|announce reply: peers6: value has the wrong type",
        "d8:intervali1e5:peersli1eee|announce reply: value has the wrong type at byte 0",
        "d8:intervali1e5:peersldeee|announce reply: ip: key is missing",
        "d8:intervali1e5:peersld2:ip8:10.0.0.7eee|announce reply: port: key is missing",
        "d8:intervali1e5:peersld2:ip8:10.0.0.74:porti65536eeee|announce reply: port: integer is out of range",
        "d14:failure reason6:no waye|refused: no way",
        "d14:failure reasoni1ee|announce reply: failure reason: value has the wrong type",
      })
  void malformedReplyIsRefusedByName(String body, String fault) {
    TrackerException e = assertThrows(TrackerException.class, () -> decode(body));
    assertEquals(fault, e.getMessage());
  }

  @Test
  void reasonIsCut() {
    byte[] body = HttpTrackerCodec.encodeFailure("x".repeat(5_000));
    TrackerException e =
        assertThrows(TrackerException.class, () -> HttpTrackerCodec.decodeAnnounce(body));
    assertEquals("refused: " + "x".repeat(256), e.getMessage());
  }

  @Test
  void damagedReplyIsReadOrATrackerException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      byte[] body =
          HttpTrackerCodec.encodeAnnounce(
              Samples.randomResponse(random, true, false), random.nextInt(9) > 0);
      body[random.nextInt(body.length)] = (byte) "dlei0123456789:-".charAt(random.nextInt(16));
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      try {
        HttpTrackerCodec.decodeAnnounce(body);
      } catch (TrackerException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  @Test
  void unresolvedPeerIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new AnnounceResponse(1, 0, 0, List.of(InetSocketAddress.createUnresolved("edge", 1))));
  }

  @Test
  void keysDistinguishClients() throws Exception {
    HashSet<Integer> keys = new HashSet<>();
    for (String key : List.of("", "1", "a", "zz", "zzz", "0badcafe0")) {
      keys.add(HttpTrackerCodec.parseAnnounce(MINIMAL + "&key=" + key).key());
    }
    assertEquals(6, keys.size());
  }

  private static AnnounceResponse decode(String body) throws TrackerException {
    return HttpTrackerCodec.decodeAnnounce(body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertReply(String expected, byte[] body) {
    assertArrayEquals(Samples.ascii(expected), body, new String(body, StandardCharsets.ISO_8859_1));
  }
}
