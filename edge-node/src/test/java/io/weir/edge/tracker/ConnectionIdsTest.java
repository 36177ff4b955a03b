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
    long id = issue(ids, CLIENT);
    assertTrue(isValid(id, CLIENT));
    pass(Duration.ofSeconds(ConnectionIds.VALID_SECONDS));
    assertTrue(isValid(id, CLIENT));
    pass(Duration.ofSeconds(1));
    assertFalse(isValid(id, CLIENT));
  }

  @Test
  void idStaysBadWhenItsSecondComesRoundAgain() {
    long id = issue(ids, CLIENT);
    for (int second = 0; second < 1_000; second++) {
      pass(Duration.ofSeconds(1));
      assertEquals(second < ConnectionIds.VALID_SECONDS, isValid(id, CLIENT));
    }
  }

  @Test
  void idIsOfNoUseAtAnotherAddress() {
    long id = issue(ids, CLIENT);
    assertFalse(isValid(id, ip("192.0.2.2")));
    assertFalse(isValid(id, ip("2001:db8::1")));
    assertNotEquals(id, issue(ids, ip("192.0.2.2")));
  }

  @Test
  void idOfAnotherSecretIsBad() {
    assertFalse(isValid(issue(withKey(2), CLIENT), CLIENT));
  }

  @Test
  void guessedIdsAreBad() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long id = issue(ids, CLIENT);
    for (int bit = 0; bit < Long.SIZE; bit++) {
      assertFalse(isValid(id ^ (1L << bit), CLIENT), "bit " + bit);
    }
    for (int i = 0; i < 10_000; i++) {
      assertFalse(isValid(random.nextLong(), CLIENT), "seed " + seed);
    }
  }

  @Test
  void shortKeyIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new ConnectionIds(new byte[ConnectionIds.KEY_BYTES - 1], () -> nowNanos));
  }

  private boolean isValid(long id, InetAddress address) {
    byte[] bytes = address.getAddress();
    return ids.isValid(id, PeerAddress.high(bytes), PeerAddress.low(bytes));
  }

  private static long issue(ConnectionIds ids, InetAddress address) {
    byte[] bytes = address.getAddress();
    return ids.issue(PeerAddress.high(bytes), PeerAddress.low(bytes));
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
