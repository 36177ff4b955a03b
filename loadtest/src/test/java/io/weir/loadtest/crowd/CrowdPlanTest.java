package io.weir.loadtest.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CrowdPlanTest {
  private static final List<String> URL = List.of("http://127.0.0.1:1/film");

  @Test
  void aCrowdIsBoundedAndNotEmpty() {
    assertEquals(20, plan(20, 20, URL).peers());
    assertRefused("peers: 501, not 0 to 500", CrowdPlan.MAX_PEERS + 1, 0);
    assertRefused("peers: -1, not 0 to 500", -1, 0);
    assertRefused("httpClients: 501, not 0 to 500", 0, CrowdPlan.MAX_HTTP_CLIENTS + 1);
    assertRefused("a crowd of nobody", 0, 0);
  }

  @Test
  void clientsNeedAUrl() {
    assertThrows(IllegalArgumentException.class, () -> plan(0, 1, List.of()));
    assertEquals(0, plan(1, 0, List.of()).httpClients());
  }

  @Test
  void theDeadlineGrowsWithTheBytesWanted() {
    assertEquals(Crowd.MIN_DEADLINE, Crowd.deadline(0));
    assertEquals(
        Crowd.MIN_DEADLINE.plus(Duration.ofSeconds(100)),
        Crowd.deadline(100 * Crowd.MIN_BYTES_PER_SECOND));
  }

  private static void assertRefused(String message, int peers, int httpClients) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> plan(peers, httpClients, URL))
            .getMessage());
  }

  private static CrowdPlan plan(int peers, int httpClients, List<String> urls) {
    return new CrowdPlan(
        new byte[0], urls, Set.of(), "", peers, httpClients, Path.of("."), "127.0.0.1", 1);
  }
}
