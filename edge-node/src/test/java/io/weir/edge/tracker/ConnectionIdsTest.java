package io.weir.edge.tracker;

import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ConnectionIdsTest {
  private static final InetAddress CLIENT = ip("192.0.2.1");

  private long nowNanos = -5_000_000_000L;
  private final ConnectionIds ids = withKey(1);

  @Test
  void idIsGoodForTwoMinutes() {
    long id = ids.issue(CLIENT);
    assertTrue(ids.isValid(id, CLIENT));
    pass(Duration.ofSeconds(ConnectionIds.VALID_SECONDS));
    assertTrue(ids.isValid(id, CLIENT));
    pass(Duration.ofSeconds(1));
    assertFalse(ids.isValid(id, CLIENT));
  }

  @Test
  void idStaysBadWhenItsSecondComesRoundAgain() {
    long id = ids.issue(CLIENT);
    for (int second = 0; second < 1_000; second++) {
      pass(Duration.ofSeconds(1));
      assertEquals(second < ConnectionIds.VALID_SECONDS, ids.isValid(id, CLIENT));
    }
  }

  @Test
  void idIsOfNoUseAtAnotherAddress() {
    long id = ids.issue(CLIENT);
    assertFalse(ids.isValid(id, ip("192.0.2.2")));
    assertFalse(ids.isValid(id, ip("2001:db8::1")));
    assertNotEquals(id, ids.issue(ip("192.0.2.2")));
  }

  @Test
  void idOfAnotherSecretIsBad() {
    assertFalse(ids.isValid(withKey(2).issue(CLIENT), CLIENT));
  }

  @Test
  void guessedIdsAreBad() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long id = ids.issue(CLIENT);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertFalse(ids.isValid(id ^ (1L << bit), CLIENT), "bit " + bit);
    }
    for (int i = 0; i < 10_000; i++) {
      assertFalse(ids.isValid(random.nextLong(), CLIENT), "seed " + seed);
    }
  }

  @Test
  void shortKeyIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new ConnectionIds(new byte[16], () -> nowNanos));
  }

  private ConnectionIds withKey(int fill) {
    byte[] key = new byte[ConnectionIds.KEY_BYTES];
    Arrays.fill(key, (byte) fill);
    return new ConnectionIds(key, () -> nowNanos);
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }
}
