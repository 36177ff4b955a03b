package io.weir.edge.peer;

import static io.weir.edge.fixture.Literals.ip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ConnectionCapsTest {
  private final ConnectionCaps caps = new ConnectionCaps(3, 2);

  @Test
  void totalIsCapped() {
    assertTrue(caps.admit(ip("192.0.2.1")));
    assertTrue(caps.admit(ip("192.0.2.2")));
    assertTrue(caps.admit(ip("192.0.2.3")));
    assertFalse(caps.admit(ip("192.0.2.4")));
    caps.release(ip("192.0.2.1"));
    assertTrue(caps.admit(ip("192.0.2.4")));
    assertEquals(3, caps.admitted());
  }

  @Test
  void oneAddressIsCappedAndARefusalCountsNothing() {
    assertTrue(caps.admit(ip("192.0.2.1")));
    assertTrue(caps.admit(ip("192.0.2.1")));
    assertFalse(caps.admit(ip("192.0.2.1")));
    assertFalse(caps.admit(ip("192.0.2.1")));
    assertEquals(2, caps.admitted());
    caps.release(ip("192.0.2.1"));
    assertTrue(caps.admit(ip("192.0.2.1")));
  }

  @Test
  void addressesOfOneIpv6NetworkCountAsOne() {
    assertTrue(caps.admit(ip("2001:db8::1")));
    assertTrue(caps.admit(ip("2001:db8::2")));
    assertFalse(caps.admit(ip("2001:db8::3")));
    assertTrue(caps.admit(ip("2001:db8:0:1::1")));
  }

  @Test
  void mappedAddressIsItsIpv4Address() {
    assertTrue(caps.admit(ip("192.0.2.1")));
    assertTrue(caps.admit(ip("::ffff:192.0.2.1")));
    assertFalse(caps.admit(ip("::ffff:192.0.2.1")));
  }
}
