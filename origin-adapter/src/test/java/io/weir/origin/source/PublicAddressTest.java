package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Literal addresses only: nothing here asks a name server. */
final class PublicAddressTest {
  @ParameterizedTest
  @CsvSource({
    "8.8.8.8, true",
    "172.15.255.255, true",
    "172.32.0.0, true",
    "100.128.0.0, true",
    "2606:4700::1111, true",
    "0.0.0.0, false",
    "0.1.2.3, false",
    "10.0.0.1, false",
    "100.64.0.1, false",
    "127.0.0.1, false",
    "127.255.255.255, false",
    "169.254.169.254, false",
    "172.16.0.1, false",
    "172.31.255.255, false",
    "192.0.0.8, false",
    "192.168.1.1, false",
    "198.18.0.1, false",
    "198.19.255.255, false",
    "192.0.2.1, false",
    "192.88.99.1, false",
    "198.51.100.1, false",
    "203.0.113.255, false",
    "203.0.114.0, true",
    "224.0.0.1, false",
    "240.0.0.1, false",
    "255.255.255.255, false",
    "::, false",
    "::1, false",
    "::ffff:127.0.0.1, false",
    "::ffff:10.0.0.1, false",
    "::7f00:1, false",
    "64:ff9b::7f00:1, false",
    "64:ff9b::808:808, false",
    "64:ff9b:1::a00:1, false",
    "100::1, false",
    "2002:7f00:1::, false",
    "2001::1, false",
    "2001:10::1, false",
    "2001:200::1, true",
    "2001:db8::1, false",
    "3fff::1, false",
    "fc00::1, false",
    "fd12:3456::1, false",
    "fe80::1, false",
    "fec0::1, false",
    "ff02::1, false",
  })
  void specialPurposeAddressesAreNotPublic(String literal, boolean isPublic) throws Exception {
    assertEquals(isPublic, PublicAddress.isPublic(InetAddress.getAllByName(literal)[0]), literal);
  }
}
