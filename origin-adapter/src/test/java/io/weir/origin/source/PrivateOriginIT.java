package io.weir.origin.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Origins that lead inside: by their name, a redirect, a name that changes, or a number. A socket
 * that listens there sees no connection. Where a test needs an outside, 127.0.0.1 is it and
 * 127.0.0.2 the inside.
 */
final class PrivateOriginIT {
  private final OriginBench bench = new OriginBench();
  private RawOrigin inside;

  @BeforeEach
  void listen() throws Exception {
    inside = new RawOrigin(OriginBench::oneByte);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    inside.close();
  }

  private void assertRefused(String url, String message) {
    OriginException failure =
        assertThrows(OriginException.class, () -> bench.probe(URI.create(url)), url);
    assertEquals(Fault.REFUSED, failure.fault(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
    assertEquals(0, inside.connections(), url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "224.0.0.1",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::10.0.0.1",
        "2002:7f00:1::1",
        "2001:0:7f00:1::1",
        "fc00::1",
        "fe80::1",
        "8.8.8.8 127.0.0.1",
        "127.0.0.1 8.8.8.8",
        "2606:4700::1111 10.0.0.1",
      })
  void nameThatLeadsInsideIsRefusedBeforeAPacketLeaves(String addresses) throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    InetAddress[] answer = literals(addresses);
    bench.names =
        host -> {
          lookups.incrementAndGet();
          return answer;
        };
    bench.allowed = new OriginAllowList(List.of(), List.of(), false)::allows;
    bench.open();

    assertRefused(
        "http://origin.example:" + inside.port() + "/",
        "origin host 'origin.example' resolves to an address not allowed");
    assertEquals(1, lookups.get());
    assertEquals(1, bench.counted("refused"));
  }

  private static InetAddress[] literals(String addresses) throws Exception {
    List<InetAddress> read = new ArrayList<>();
    for (String literal : addresses.split(" ", -1)) {
      read.add(InetAddress.getAllByName(literal)[0]);
    }
    return read.toArray(InetAddress[]::new);
  }

  @Test
  void mappedAddressThatIsKeptAsIpv6IsRefused() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = -1;
    mapped[11] = -1;
    System.arraycopy(new byte[] {8, 8, 8, 8}, 0, mapped, 12, 4);
    InetAddress address = Inet6Address.getByAddress("origin.example", mapped, 0);

    assertTrue(address instanceof Inet6Address);
    assertTrue(!PublicAddress.isPublic(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "localhost",
        "localhost.",
        "LOCALHOST"
      })
  void literalThatLeadsInsideIsRefusedHoweverItIsWritten(String host) {
    bench.hosts =
        List.of(
            "127.0.0.1", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "localhost");
    bench.allowed = new OriginAllowList(List.of(), List.of(), false)::allows;
    bench.open();

    assertRefused("http://" + host + ":" + inside.port() + "/", "");
  }

  @Test
  void redirectThatLeadsInsideIsRefused() throws Exception {
    bench.names = host -> literal(host.equals("inside.example") ? "127.0.0.2" : "127.0.0.1");
    bench.allowed = address -> address.getHostAddress().equals("127.0.0.1");
    bench.open();

    try (RawOrigin hidden = new RawOrigin(literal("127.0.0.2")[0], OriginBench::oneByte);
        RawOrigin origin =
            new RawOrigin(
                (ask, wire) ->
                    OriginBench.redirect(wire, "http://inside.example:" + hidden.port() + "/"))) {
      assertRefused(
          "http://origin.example:" + origin.port() + "/",
          "origin host 'inside.example' resolves to an address not allowed: 127.0.0.2");
      assertEquals(1, origin.connections());
      assertEquals(0, hidden.connections());
    }
  }

  @Test
  void connectionGoesToTheAddressThatWasCheckedThoughTheNameHasMovedSince() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    bench.names = host -> literal(lookups.incrementAndGet() == 1 ? "127.0.0.1" : "127.0.0.2");
    bench.allowed = address -> address.getHostAddress().equals("127.0.0.1");
    bench.open();
    InetSocketAddress samePort = new InetSocketAddress(literal("127.0.0.2")[0], inside.port());

    try (RawOrigin hidden = new RawOrigin(new ServerSocket(), samePort, OriginBench::oneByte)) {
      String url = "http://origin.example:" + inside.port() + "/";
      assertArrayEquals(new byte[] {7}, bench.read(URI.create(url)));
      assertEquals(1, lookups.get());
      assertEquals(1, inside.connections());

      inside.close();
      OriginException failure =
          assertThrows(OriginException.class, () -> bench.probe(URI.create(url)));
      assertEquals(Fault.REFUSED, failure.fault(), failure.getMessage());
      assertEquals(0, hidden.connections());
    }
  }

  private static InetAddress[] literal(String address) throws UnknownHostException {
    return InetAddress.getAllByName(address);
  }
}
