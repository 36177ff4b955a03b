package io.weir.protocol.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any query is refused by name or means the same when it is written and read again, and so is any
 * tracker's reply.
 */
class HttpTrackerFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            "info_hash=%00%25+%26%ff%7F%3D%20A%80%80%80%80%80%80%80%80%80%80%80"
                + "&peer_id=-WR0010-abcdefghijkl&port=6881&uploaded=0&downloaded=0&left=5&compact=1"
                + "&event=started&numwant=50&key=8badf00d",
            "info_hash=aaaaaaaaaaaaaaaaaaaa&info_hash=%zz",
            "d8:completei1e10:incompletei2e8:intervali1800e5:peers6:abcdef6:peers618:abcdefghijklmnopqre",
            "d8:intervali1e5:peersld2:ip7:fd00::74:porti2eeee",
            "d14:failure reason6:no waye")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void messageIsRefusedByNameOrMeansTheSameAgain(byte[] message) throws TrackerException {
    String query = new String(message, StandardCharsets.ISO_8859_1);
    checkAnnounce(query);
    checkScrape(query);
    checkReply(message);
  }

  private static void checkAnnounce(String query) throws TrackerException {
    AnnounceRequest request;
    try {
      request = HttpTrackerCodec.parseAnnounce(query);
    } catch (TrackerException refused) {
      assertNamed(refused);
      return;
    }
    assertEquals(request, HttpTrackerCodec.parseAnnounce(HttpTrackerCodec.formatAnnounce(request)));
  }

  private static void checkScrape(String query) {
    try {
      int hashes = HttpTrackerCodec.parseScrape(query).size();
      assertTrue(hashes >= 1 && hashes <= HttpTrackerCodec.MAX_SCRAPE_HASHES);
    } catch (TrackerException refused) {
      assertNamed(refused);
    }
  }

  private static void checkReply(byte[] body) throws TrackerException {
    AnnounceResponse response;
    try {
      response = HttpTrackerCodec.decodeAnnounce(body);
    } catch (TrackerException refused) {
      assertNamed(refused);
      return;
    }
    assertEquals(
        response,
        HttpTrackerCodec.decodeAnnounce(HttpTrackerCodec.encodeAnnounce(response, false)));
  }

  private static void assertNamed(TrackerException refused) {
    assertTrue(refused.getMessage().contains(": "), refused.getMessage());
  }
}
