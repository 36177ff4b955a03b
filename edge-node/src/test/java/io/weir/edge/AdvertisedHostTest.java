package io.weir.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AdvertisedHostTest {
  private static final byte[] V4_LOOPBACK = {127, 0, 0, 1};
  private static final byte[] V6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @Test
  void boundAddressIsToldWhereNothingIsConfigured() throws Exception {
    AdvertisedHost host = new AdvertisedHost(null);
    assertEquals("127.0.0.1:80", host.authority("http", bound(V4_LOOPBACK)));
    assertEquals("[0:0:0:0:0:0:0:1]:80", host.authority("http", bound(V6_LOOPBACK)));
  }

  @Test
  void configuredHostIsToldWithTheBoundPort() throws Exception {
    InetSocketAddress every = bound(new byte[4]);
    assertEquals("edge.example:80", new AdvertisedHost("edge.example").authority("http", every));
    assertEquals("[2001:db8::1]:80", new AdvertisedHost("2001:db8::1").authority("http", every));
    assertEquals("[2001:db8::1]:80", new AdvertisedHost("[2001:db8::1]").authority("http", every));
  }

  @Test
  void everyAddressIsNeverTold() throws Exception {
    String told = new AdvertisedHost(null).authority("http", bound(new byte[4]));
    assertFalse(told.startsWith("0.0.0.0"), told);
  }

  private static InetSocketAddress bound(byte[] address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(address), 80);
  }
}
