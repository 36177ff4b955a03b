package io.weir.loadtest.crowd.tracker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.metainfo.InfoHash;
import io.weir.protocol.tracker.AnnounceRequest;
import io.weir.protocol.tracker.AnnounceRequest.Event;
import io.weir.protocol.tracker.HttpTrackerCodec;
import io.weir.protocol.tracker.TrackerException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HttpTrackerClientTest {
  @Test
  void aTrackerReadsTheQueryAsItWasMeant() throws TrackerException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Event event : Event.values()) {
      byte[] infoHash = new byte[20];
      byte[] peerId = new byte[20];
      random.nextBytes(infoHash);
      random.nextBytes(peerId);
      AnnounceRequest sent =
          new AnnounceRequest(
              InfoHash.of(infoHash), peerId, 1, 2, 3, event, random.nextInt(), 50, 6_881, true);

      AnnounceRequest read = HttpTrackerCodec.parseAnnounce(HttpTrackerClient.query(sent));

      assertEquals(sent.infoHash(), read.infoHash(), "seed " + seed);
      assertArrayEquals(peerId, read.peerId(), "seed " + seed);
      assertEquals(1, read.downloadedBytes());
      assertEquals(2, read.leftBytes());
      assertEquals(3, read.uploadedBytes());
      assertEquals(event, read.event());
      assertEquals(50, read.numWant());
      assertEquals(6_881, read.port());
      assertEquals(true, read.compact());
    }
  }
}
