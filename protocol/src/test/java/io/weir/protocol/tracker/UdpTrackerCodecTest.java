package io.weir.protocol.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.UdpTrackerCodec.Request;
import io.weir.protocol.tracker.UdpTrackerCodec.Response;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdpTrackerCodecTest {
  private static final InfoHash HASH = InfoHash.fromHex("aa".repeat(20));
  private static final String HEAD =
      "1122334455667788 00000001 cafebabe aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
  private static final String PEER = "2d5752303031302d6162636465666768696a6b6c";
  private static final String COUNTS = "0000000000000001 0000000000000002 0000000000000003";
  private static final String TAIL = "00000000 0a0b0c0d ffffffff 1ae1";

  /** BEP 15: offsets and sizes of connect (16), announce (98) and scrape (16 + 20 n) requests. */
  @Test
  void goldenRequests() throws Exception {
    assertGolden("0000041727101980 00000000 cafebabe", new Request.Connect(0xcafebabe));
    assertGolden(
        HEAD + PEER + COUNTS + "00000002" + TAIL,
        new Request.Announce(
            0x1122334455667788L,
            0xcafebabe,
            new AnnounceRequest(
                HASH, Samples.PEER_ID, 1, 2, 3, Event.STARTED, 0x0a0b0c0d, -1, 6881, true)));
    assertGolden(
        "1122334455667788 00000002 cafebabe " + "aa".repeat(20) + "bb".repeat(20),
        new Request.Scrape(
            0x1122334455667788L, 0xcafebabe, List.of(HASH, InfoHash.fromHex("bb".repeat(20)))));
  }

  /** BEP 15: connect, announce (leechers before seeders), scrape and error responses. */
  @Test
  void goldenResponses() throws Exception {
    assertGolden(
        "00000000 cafebabe 1122334455667788",
        false,
        new Response.Connect(0xcafebabe, 0x1122334455667788L));
    assertGolden(
        "00000001 cafebabe 00000708 00000002 00000001 0a000007 1ae1",
        false,
        new Response.Announce(
            0xcafebabe, new AnnounceResponse(1800, 1, 2, List.of(Samples.peer("10.0.0.7", 6881)))));
    assertGolden(
        "00000001 cafebabe 00000708 00000002 00000001 20010db8000000000000000000000007 1ae1",
        true,
        new Response.Announce(
            0xcafebabe,
            new AnnounceResponse(1800, 1, 2, List.of(Samples.peer("2001:db8::7", 6881)))));
    assertGolden(
        "00000002 cafebabe 00000001 00000002 00000003",
        false,
        new Response.Scrape(0xcafebabe, List.of(new ScrapeStats(1, 2, 3))));
    assertGolden("00000003 cafebabe 6e6f", false, new Response.Failure(0xcafebabe, "no"));
  }

  /** BEP 41: URL data, in parts, cut short, of no length, or options that nobody knows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "01 01 00",
        "02 00",
        "02 09 2f616e6e6f756e6365 00 ff",
        "02 05 2f616e6e6f 02 04 756e6365 00",
        "02 ff 2f61",
        "02",
        "7f 7f 7f",
        "ffffffffffffffffffffffff"
      })
  void optionsAfterAnAnnounceAreIgnored(String options) throws Exception {
    String announce = HEAD + PEER + COUNTS + "00000000" + TAIL;
    assertEquals(
        UdpTrackerCodec.decodeRequest(Samples.hex(announce)),
        UdpTrackerCodec.decodeRequest(Samples.hex(announce + options)));
  }

  @Test
  void everyLengthButAWholeRequestsIsRefusedByItsNumber() {
    byte[] announce = Samples.hex(HEAD + PEER + COUNTS + "00000000" + TAIL).array();
    for (int length = 0; length < announce.length; length++) {
      String fault =
          length < 16
              ? "request: " + length + " bytes, less than 16"
              : "announce: " + length + " bytes, less than 98";
      assertRequestFault(fault, ByteBuffer.wrap(announce, 0, length));
    }
    ByteBuffer scrape = ByteBuffer.allocate(16 + 20 * 74).putInt(8, UdpTrackerCodec.SCRAPE);
    for (int bytes = 1; bytes < 20 * 74; bytes++) {
      if (bytes % 20 != 0) {
        assertRequestFault(
            "scrape: " + bytes + " bytes are not info-hashes of 20", scrape.limit(16 + bytes));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void anyTransactionIdIsKept(int transactionId) throws Exception {
    for (Request request :
        List.of(
            new Request.Connect(transactionId),
            new Request.Scrape(7, transactionId, List.of(HASH)))) {
      assertEquals(transactionId, UdpTrackerCodec.decodeRequest(encoded(request)).transactionId());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|request: 0 bytes, less than 16",
        "0000041727101980 00000000 cafeba|request: 15 bytes, less than 16",
        "0000041727101981 00000000 cafebabe|connect: wrong protocol id",
        "0000000000000000 00000000 cafebabe|connect: wrong protocol id",
        "1122334455667788 00000003 cafebabe|action: 3 is unknown",
        "1122334455667788 ffffffff cafebabe|action: -1 is unknown",
        "1122334455667788 00000100 cafebabe|action: 256 is unknown",
        "1122334455667788 80000001 cafebabe|action: -2147483647 is unknown",
        "8019274100000000 00000000 cafebabe|connect: wrong protocol id",
        "1122334455667788 00000001 cafebabe|announce: 16 bytes, less than 98",
        HEAD
            + PEER
            + COUNTS
            + "00000000 00000000 00000000 ffffffff 1a|announce: 97 bytes, less than 98",
        HEAD + PEER + COUNTS + "00000004" + TAIL + "|event: 4 is unknown",
        HEAD + PEER + COUNTS + "ffffffff" + TAIL + "|event: -1 is unknown",
        HEAD
            + PEER
            + COUNTS
            + "00000000 00000000 00000000 ffffffff 0000|port: not within 1 to 65535",
        HEAD
            + PEER
            + "ffffffffffffffff 0000000000000000 0000000000000000 00000000"
            + TAIL
            + "|downloaded: negative",
        HEAD
            + PEER
            + "0000000000000000 0000000000000000 8000000000000000 00000000"
            + TAIL
            + "|uploaded: negative",
        "1122334455667788 00000002 cafebabe|scrape: 0 info-hashes, not 1 to 74",
        "1122334455667788 00000002 cafebabe aa|scrape: 1 bytes are not info-hashes of 20",
        "1122334455667788 00000002 cafebabe aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            + "|scrape: 21 bytes are not info-hashes of 20",
      })
  void malformedRequestIsRefusedByName(String hex, String fault) {
    assertRequestFault(fault, Samples.hex(hex));
  }

  private static void assertRequestFault(String fault, ByteBuffer packet) {
    TrackerException e =
        assertThrows(TrackerException.class, () -> UdpTrackerCodec.decodeRequest(packet));
    assertEquals(fault, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|response: 0 bytes, less than 8",
        "00000000 cafeba|response: 7 bytes, less than 8",
        "00000004 cafebabe|action: 4 is unknown",
        "80000000 cafebabe|action: -2147483648 is unknown",
        "00000000 cafebabe 11223344556677|connect: 15 bytes, less than 16",
        "00000001 cafebabe 00000708 00000002 000000|announce: 19 bytes, less than 20",
        "00000001 cafebabe 00000708 00000002 00000001 0a|peers: 1 bytes are not entries of 6",
        "00000001 cafebabe 00000708 00000002 00000001 0a0000071ae10a|peers: 7 bytes are not entries of 6",
        "00000001 cafebabe ffffffff 00000002 00000001|negative interval or count: -1, 1, 2",
        "00000001 cafebabe 00000708 ffffffff 00000001|negative interval or count: 1800, 1, -1",
        "00000001 cafebabe 00000708 00000002 ffffffff|negative interval or count: 1800, -1, 2",
        "00000002 cafebabe 000000010000000200000003 00|scrape: 13 bytes are not counts of 12",
        "00000002 cafebabe ffffffff0000000200000003|negative count: -1, 2, 3",
      })
  void malformedResponseIsRefusedByName(String hex, String fault) {
    TrackerException e =
        assertThrows(
            TrackerException.class, () -> UdpTrackerCodec.decodeResponse(Samples.hex(hex), false));
    assertEquals(fault, e.getMessage());
  }

  @Test
  void peersWithoutAPortAreDropped() throws Exception {
    Response response =
        UdpTrackerCodec.decodeResponse(
            Samples.hex("00000001 00000000 00000708 00000000 00000000 0a0000070000 0a0000081ae1"),
            false);
    assertEquals(
        new Response.Announce(
            0, new AnnounceResponse(1800, 0, 0, List.of(Samples.peer("10.0.0.8", 6881)))),
        response);
  }

  @Test
  void ipv4PeersMappedIntoIpv6AreDropped() throws Exception {
    String mapped = "00000000000000000000ffff0a000007 1ae1";
    String own = "20010db8000000000000000000000007 1ae1";
    Response response =
        UdpTrackerCodec.decodeResponse(
            Samples.hex("00000001 00000000 00000708 00000000 00000000" + mapped + own), true);
    assertEquals(
        new Response.Announce(
            0, new AnnounceResponse(1800, 0, 0, List.of(Samples.peer("2001:db8::7", 6881)))),
        response);
  }

  @Test
  void negativeNumWantIsTheTrackersDefault() throws Exception {
    Request request =
        UdpTrackerCodec.decodeRequest(
            Samples.hex(HEAD + PEER + COUNTS + "00000000 00000000 00000000 80000000 1ae1"));
    assertEquals(-1, ((Request.Announce) request).announce().numWant());
  }

  @Test
  void onlyPeersOfTheFamilyAndAsManyAsFitAreWritten() throws Exception {
    AnnounceResponse mixed =
        new AnnounceResponse(
            60,
            0,
            0,
            List.of(
                Samples.peer("fd00::1", 1),
                Samples.peer("10.0.0.1", 2),
                Samples.peer("10.0.0.2", 3)));
    ByteBuffer out = ByteBuffer.allocate(20 + 6 + 5);
    UdpTrackerCodec.encode(new Response.Announce(1, mixed), false, out);
    assertEquals(
        List.of(Samples.peer("10.0.0.1", 2)),
        ((Response.Announce) UdpTrackerCodec.decodeResponse(out.flip(), false)).announce().peers());
  }

  @Test
  void peersAndScrapesAndFailuresAreBounded() throws Exception {
    ByteBuffer peers = ByteBuffer.allocate(20 + 6 * (CompactPeers.MAX_PEERS + 1));
    peers.putInt(0, UdpTrackerCodec.ANNOUNCE);
    for (int i = 20; i < peers.limit(); i += 6) {
      peers.putShort(i + 4, (short) 1);
    }
    assertEquals(
        CompactPeers.MAX_PEERS,
        ((Response.Announce) UdpTrackerCodec.decodeResponse(peers, false))
            .announce()
            .peers()
            .size());

    List<InfoHash> tooMany = Collections.nCopies(UdpTrackerCodec.MAX_SCRAPE_HASHES + 1, HASH);
    assertThrows(IllegalArgumentException.class, () -> new Request.Scrape(0, 0, tooMany));
    ByteBuffer scrape = ByteBuffer.allocate(16 + 20 * 75).putInt(8, UdpTrackerCodec.SCRAPE);
    assertThrows(TrackerException.class, () -> UdpTrackerCodec.decodeRequest(scrape));
    ByteBuffer stats = ByteBuffer.allocate(8 + 12 * 75).putInt(0, UdpTrackerCodec.SCRAPE);
    assertThrows(TrackerException.class, () -> UdpTrackerCodec.decodeResponse(stats, false));

    ByteBuffer failure = ByteBuffer.allocate(1_000);
    UdpTrackerCodec.encode(new Response.Failure(1, "x".repeat(900)), false, failure);
    assertEquals(8 + UdpTrackerCodec.MAX_FAILURE_BYTES, failure.position());
    failure.position(0).limit(1_000);
    Response read = UdpTrackerCodec.decodeResponse(failure, false);
    assertEquals(UdpTrackerCodec.MAX_FAILURE_BYTES, ((Response.Failure) read).message().length());
  }

  @Test
  void everyPacketSurvives() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      Request request = randomRequest(random);
      assertEquals(request, UdpTrackerCodec.decodeRequest(encoded(request)), "seed=" + seed);
      boolean ipv6 = random.nextBoolean();
      Response response = randomResponse(random, ipv6);
      assertEquals(
          response, UdpTrackerCodec.decodeResponse(encoded(response, ipv6), ipv6), "seed=" + seed);
    }
  }

  @Test
  void randomBytesAreAPacketOrATrackerException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(140)];
      random.nextBytes(bytes);
      ByteBuffer packet = ByteBuffer.wrap(bytes);
      if (bytes.length >= 12) {
        packet.putInt(random.nextBoolean() ? 0 : 8, random.nextInt(5));
      }
      try {
        UdpTrackerCodec.decodeRequest(packet);
      } catch (TrackerException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
      try {
        UdpTrackerCodec.decodeResponse(packet, random.nextBoolean());
      } catch (TrackerException expected) {
        // refused by name
      } catch (RuntimeException e) {
        throw new AssertionError("seed=" + seed, e);
      }
    }
  }

  private static Request randomRequest(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Request.Connect(random.nextInt());
      case 1 ->
          new Request.Announce(
              random.nextLong(), random.nextInt(), Samples.randomRequest(random, true));
      default ->
          new Request.Scrape(
              random.nextLong(),
              random.nextInt(),
              IntStream.rangeClosed(0, random.nextInt(UdpTrackerCodec.MAX_SCRAPE_HASHES))
                  .mapToObj(i -> Samples.randomHash(random))
                  .toList());
    };
  }

  private static Response randomResponse(Random random, boolean ipv6) {
    return switch (random.nextInt(4)) {
      case 0 -> new Response.Connect(random.nextInt(), random.nextLong());
      case 1 ->
          new Response.Announce(random.nextInt(), Samples.randomResponse(random, !ipv6, ipv6));
      case 2 ->
          new Response.Scrape(
              random.nextInt(),
              IntStream.range(0, random.nextInt(75))
                  .mapToObj(i -> new ScrapeStats(i, random.nextInt(99), random.nextInt(99)))
                  .toList());
      default -> new Response.Failure(random.nextInt(), "é" + random.nextInt());
    };
  }

  private static void assertGolden(String hex, Request request) throws Exception {
    assertEquals(request, UdpTrackerCodec.decodeRequest(Samples.hex(hex)));
    assertEquals(Samples.hex(hex), encoded(request));
  }

  private static void assertGolden(String hex, boolean ipv6, Response response) throws Exception {
    assertEquals(response, UdpTrackerCodec.decodeResponse(Samples.hex(hex), ipv6));
    assertEquals(Samples.hex(hex), encoded(response, ipv6));
  }

  private static ByteBuffer encoded(Request request) {
    ByteBuffer out = ByteBuffer.allocate(2_000);
    UdpTrackerCodec.encode(request, out);
    return out.flip();
  }

  private static ByteBuffer encoded(Response response, boolean ipv6) {
    ByteBuffer out = ByteBuffer.allocate(2_000);
    UdpTrackerCodec.encode(response, ipv6, out);
    return out.flip();
  }
}
