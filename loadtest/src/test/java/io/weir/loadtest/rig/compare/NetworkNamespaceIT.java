package io.weir.loadtest.rig.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NetworkNamespaceIT {
  @Test
  void insideNobodyPacesLoopback() throws Exception {
    Optional<List<String>> inside =
        NetworkNamespace.enter(List.of("cat", "/proc/sys/net/ipv4/tcp_congestion_control"));
    assumeTrue(inside.isPresent(), "no network namespaces here (util-linux, iproute2, kernel)");
    assertEquals("reno", Program.firstLine(inside.get()));
    assertFalse(NetworkNamespace.isInside());
  }
}
